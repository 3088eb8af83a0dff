import { type Action, actions, endFault, faultsOf, type KnownEnds, play } from './play.ts';
import type { Rules, World } from './world.ts';

export interface Explored {
  readonly states: number;
  readonly steps: number;
  /** The first fault, with the shortest way to it. */
  readonly fault?: { readonly path: readonly Action[]; readonly text: string };
}

/** Every world that `depth` actions lead to, each once, and the end of each. */
export function explore(rules: Rules, start: World, depth: number): Explored {
  const seen = new Set([JSON.stringify(start)]);
  let frontier: readonly { readonly world: World; readonly path: readonly Action[] }[] = [{ world: start, path: [] }];
  let steps = 0;
  const known: KnownEnds = { pass: new Set(), fail: new Set() };
  for (let level = 0; level < depth; level += 1) {
    const next: { readonly world: World; readonly path: readonly Action[] }[] = [];
    for (const { world, path } of frontier) {
      for (const action of actions) {
        const played = play(rules, world, action);
        steps += 1;
        const way = [...path, action];
        const [text] = played.faults;
        if (text !== undefined) return { states: seen.size, steps, fault: { path: way, text } };
        if (played.world === world) continue;
        const key = JSON.stringify(played.world);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ world: played.world, path: way });
        const end = faultOf(rules, played.world, known);
        if (end !== undefined) return { states: seen.size, steps, fault: { path: way, text: end } };
      }
    }
    frontier = next;
  }
  return { states: seen.size, steps };
}

function faultOf(rules: Rules, world: World, known: KnownEnds): string | undefined {
  return faultsOf(rules, world)[0] ?? endFault(rules, world, 'pass', known) ?? endFault(rules, world, 'fail', known);
}

/** Plays actions one after the other; the first fault, with the way to it. */
export function playAll(rules: Rules, start: World, path: readonly Action[], known: KnownEnds): string | undefined {
  let world = start;
  for (const [i, action] of path.entries()) {
    const played = play(rules, world, action);
    const [text] = played.faults;
    if (text !== undefined)
      return `${text}, after ${path
        .slice(0, i + 1)
        .map(actionWords)
        .join(', ')}`;
    world = played.world;
  }
  return endFault(rules, world, 'pass', known) ?? endFault(rules, world, 'fail', known);
}

export function actionWords(action: Action): string {
  return 'sky' in action ? `${action.kind} ${action.sky}` : action.kind;
}
