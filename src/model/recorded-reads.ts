/**
 * Answers that are kept as long as what they were found out from is so: a memory by recorded reads, as incremental build systems have it.
 *
 * A *world* is a record of data and of questions that can be asked: a mesh, the intents of an environment. Who looks at one subject of a
 * world is given a *view* of it, which says all that the world says and writes down what was read. In another world the answer is the same
 * if every read says the same there; otherwise it is found out anew. Nothing can be read past a view, so an answer is never too old: who
 * reads a long list where a question would do is only asked more often than he needed to be.
 */
import { rememberedFor } from './remembered-for.ts';
import { isPlain, sameData } from './same-data.ts';

/** Where in a world something is shown: a member of a record, or what was made ready for it. Kept once for all worlds, and holds none. */
interface Place {
  readonly under: Place | undefined;
  readonly shown: (above: object) => object;
  readonly parts: Map<unknown, Place>;
  /** What can be asked there, by name. */
  readonly asks: Map<PropertyKey, Ask>;
}

/** What was asked of what is shown at a place, and what it said. Holds no world, so that what is kept of one does not keep it. */
interface Read {
  readonly place: Place;
  readonly ask: Ask;
  readonly asked: readonly unknown[];
  readonly said: unknown;
}

type Ask = (shown: object, asked: readonly unknown[]) => unknown;

interface Recording {
  readonly world: object;
  readonly reads: Read[];
}

interface View {
  readonly recording: Recording;
  readonly place: Place;
  /** What was read already, by what was asked with what: asked twice, it is written down once. */
  readonly known: Branch;
}

interface Branch {
  readonly next: Map<unknown, Branch>;
  said?: { readonly value: unknown };
}

const views = new WeakMap<object, View>();
const followed = new WeakSet<object>();
const whole: Place = { under: undefined, shown: (world) => world, parts: new Map(), asks: new Map() };

/** More reads than this are those of one who looks at everything: he is asked again each time, and what he read is not kept. */
const mostReads = 2000;

const fewItems = 50;

/** How many answers about a subject are kept: of environments that share it, and of a change before and after. */
const mostAnswers = 4;

interface Kept<Answer> {
  readonly reads: readonly Read[];
  readonly answer: Answer;
}

/**
 * A memory of what is found out about subjects, each told by its identity, in worlds that are alike. `find` must follow from what it is given
 * alone, and must not change it. Asked through a view, it is one read of that view, whatever it reads itself.
 */
export function rememberedByReads<Subject extends object, World extends object, Answer>(
  find: (subject: Subject, world: World) => Answer,
): (subject: Subject, world: World) => Answer {
  const memory = new WeakMap<Subject, readonly Kept<Answer>[]>();
  const keptOrFound = (subject: Subject, world: World): Kept<Answer> => {
    if (!followed.has(world)) return { reads: [], answer: find(subject, world) };
    const kept = memory.get(subject) ?? [];
    const still = kept.find(({ reads }) => reads.every((one) => saysTheSame(one, world)));
    if (still !== undefined) return still;
    // Who once looked at everything will do so again.
    if (kept.some(({ reads }) => looksAtAll(reads))) return { reads: [never], answer: find(subject, world) };
    const recording: Recording = { world, reads: [] };
    const now = { reads: recording.reads, answer: find(subject, open({ recording, place: whole, known: { next: new Map() } }, world)) };
    memory.set(subject, [now, ...kept].slice(0, mostAnswers));
    return now;
  };
  // In a world that is asked again nothing has to be looked into. (A plain map: whoever looks for what is alive has less to do with it.)
  const askedIn = rememberedFor((_world: World) => new Map<Subject, Kept<Answer>>());
  const ask = (subject: Subject, world: World): Answer => {
    const asked = askedIn(world);
    const known = asked.get(subject) ?? keptOrFound(subject, world);
    asked.set(subject, known);
    return known.answer;
  };
  // What is shown at the place of a view of a World is a World, and what is asked here is a Subject.
  const askAgain: Ask = (shown, asked) => ask(asked[0] as Subject, shown as World);
  return (subject, world) => {
    const view = views.get(world);
    return view === undefined ? ask(subject, world) : (read(view, askAgain, [subject]) as Answer);
  };
}

/** Says that other worlds will follow that are much like this one. Without that nothing is kept of it: writing down what is read is work, too. */
export function withFollowers<World extends object>(world: World): World {
  followed.add(world);
  return world;
}

/** Questions about a world that are made ready once for it, as an index is. Through a view, each question is a read, and what is ready is shared. */
export function questionsOf<World extends object, Questions extends object>(
  build: (world: World) => Questions,
): (world: World) => Questions {
  const built = rememberedFor(build);
  const shown = (world: object): Questions => built(world as World);
  return (world) => {
    const view = views.get(world);
    return view === undefined ? built(world) : part(view, built, shown);
  };
}

function open<Shown extends object>(view: View, shown: Shown): Shown {
  const opened = new Proxy(shown, {
    get: (_shown, name) => {
      const value: unknown = Reflect.get(shown, name);
      if (isQuestions(value)) return part(view, name, partNamed(name));
      const ask = askFor(view.place, name, typeof value === 'function');
      return typeof value === 'function' ? (...asked: readonly unknown[]) => read(view, ask, asked) : read(view, ask, []);
    },
    apply: (_shown, _self, asked: readonly unknown[]) => read(view, answered, asked),
  });
  views.set(opened, view);
  return opened;
}

const answered: Ask = (question, asked) => (typeof question === 'function' ? Reflect.apply(question, undefined, asked) : undefined);

function askFor(place: Place, name: PropertyKey, isQuestion: boolean): Ask {
  const known = place.asks.get(name);
  if (known !== undefined) return known;
  const ask: Ask = isQuestion ? (shown, asked) => answered(Reflect.get(shown, name), asked) : (shown) => Reflect.get(shown, name);
  place.asks.set(name, ask);
  return ask;
}

/** Worlds of a kind have the same parts. */
function partNamed(name: PropertyKey): (above: object) => object {
  return (above) => Reflect.get(above, name);
}

function part<Part extends object>({ recording, place, known }: View, name: unknown, shown: (above: object) => Part): Part {
  const branch = branchAt(known, [name]);
  if (branch.said === undefined) {
    const there = place.parts.get(name) ?? { under: place, shown, parts: new Map(), asks: new Map() };
    place.parts.set(name, there);
    branch.said = { value: open({ recording, place: there, known: { next: new Map() } }, shown(shownAt(place, recording.world))) };
  }
  return branch.said.value as Part;
}

function shownAt({ under, shown }: Place, world: object): object {
  return shown(under === undefined ? world : shownAt(under, world));
}

function read({ recording, place, known }: View, ask: Ask, asked: readonly unknown[]): unknown {
  const { reads, world } = recording;
  if (looksAtAll(reads)) return ask(shownAt(place, world), asked);
  const branch = branchAt(known, [ask, ...asked]);
  if (branch.said === undefined) {
    const said = ask(shownAt(place, world), asked);
    branch.said = { value: said };
    write(reads, { place, ask, asked, said });
  }
  return branch.said.value;
}

function saysTheSame({ place, ask, asked, said }: Read, world: object): boolean {
  const says = ask(shownAt(place, world), asked);
  // In a list of everything, what is another object has changed: whether it says the same is not worth looking.
  if (Array.isArray(said) && said.length > fewItems) return Array.isArray(says) && sameItems(says, said);
  return sameData(says, said);
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

function branchAt(root: Branch, path: readonly unknown[]): Branch {
  let branch = root;
  for (const step of path) {
    const next = branch.next.get(step) ?? { next: new Map() };
    branch.next.set(step, next);
    branch = next;
  }
  return branch;
}

const never: Read = { place: whole, ask: () => ({}), asked: [], said: undefined };

/** What reads too much is never the same again. */
function write(reads: Read[], one: Read): void {
  if (reads.length < mostReads) reads.push(one);
  else reads.splice(0, reads.length, never);
}

function looksAtAll(reads: readonly Read[]): boolean {
  return reads[0] === never;
}

/** A record that has questions; everything else is data, which is read as a whole. */
function isQuestions(value: unknown): value is object {
  return isPlain(value) && Object.values(value).some((member) => typeof member === 'function');
}
