import { isObject, type JsonObject } from '../model/json.ts';

/** Conditions by path, so that each is compared with those few that its path could meet, however many there are. */
export interface MatchIndex<T> {
  readonly add: (match: JsonObject, owner: T) => void;
  /** Every added condition that might hold together with this one, as far as paths tell. */
  readonly candidates: (match: JsonObject) => Iterable<readonly [JsonObject, T]>;
}

type Entry<T> = readonly [JsonObject, T];

/** A path's letters as a tree; at each node the conditions on just that path, and how many stand beneath. */
interface Node<T> {
  readonly here: Entry<T>[];
  readonly next: Map<string, Node<T>>;
}

export function createMatchIndex<T>(): MatchIndex<T> {
  const root: Node<T> = emptyNode();
  const anyPath: Entry<T>[] = [];
  return {
    add: (match, owner) => {
      const path = pathOf(match);
      if (path === undefined) anyPath.push([match, owner]);
      else nodeAt(root, path).here.push([match, owner]);
    },
    *candidates(match) {
      yield* anyPath;
      const path = pathOf(match);
      let node: Node<T> | undefined = root;
      for (const segment of path ?? []) {
        yield* node.here;
        node = node.next.get(segment);
        if (node === undefined) return;
      }
      yield* beneath(node);
    },
  };
}

function emptyNode<T>(): Node<T> {
  return { here: [], next: new Map() };
}

function nodeAt<T>(root: Node<T>, path: readonly string[]): Node<T> {
  let node = root;
  for (const segment of path) {
    const known: Node<T> = node.next.get(segment) ?? emptyNode();
    node.next.set(segment, known);
    node = known;
  }
  return node;
}

function* beneath<T>(node: Node<T>): Iterable<Entry<T>> {
  yield* node.here;
  for (const child of node.next.values()) yield* beneath(child);
}

/** The letters of an exact path or a prefix, in lower case because a condition may ignore case; undefined where any path could do. */
function pathOf({ uri }: JsonObject): readonly string[] | undefined {
  if (!isObject(uri)) return undefined;
  const text = uri.exact ?? uri.prefix;
  return typeof text === 'string' ? [...text.toLowerCase()] : undefined;
}
