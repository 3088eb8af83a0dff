import type { Traced } from '../model/origin.ts';
import { isTraced, type View, type ViewObject } from '../model/view.ts';

/**
 * A tree of the shapes that views have had: a shape is all that a template can see of a view before values are bound – which fields
 * there are, which are absent, how long lists are, which switches are on. Views of one shape are drawn alike.
 */
export interface ShapeTree<T> {
  /** Steps of the tree, which is what it costs to keep. */
  size: number;
  readonly root: ShapeNode<T>;
}

/** A place after some steps into a view. Most have one successor, so only a second one costs a map. */
export interface ShapeNode<T> {
  step: Step | undefined;
  next: ShapeNode<T> | undefined;
  others: Map<Step, ShapeNode<T>> | undefined;
  /** What was learned of the shape that ends here. */
  value: T | undefined;
}

/** A field's name, or one of the marks below: numbers, so that no name can be taken for one. */
type Step = string | number;
const absent = 0;
const off = 1;
const on = 2;
const leaf = 3;
const listStart = 4;
const listEnd = 5;
const mapStart = 6;
const mapEnd = 7;

export function emptyShapeTree<T>(): ShapeTree<T> {
  return { size: 0, root: emptyNode() };
}

function emptyNode<T>(): ShapeNode<T> {
  return { step: undefined, next: undefined, others: undefined, value: undefined };
}

/** The node of the view's shape, made if it is new, and the view's leaves in the order of the walk. */
export function findShape<T>(tree: ShapeTree<T>, view: ViewObject): { readonly node: ShapeNode<T>; readonly leaves: readonly Traced[] } {
  const leaves: Traced[] = [];
  return { node: walkMap(tree, tree.root, view, leaves), leaves };
}

function walk<T>(tree: ShapeTree<T>, node: ShapeNode<T>, view: View, leaves: Traced[]): ShapeNode<T> {
  if (view === undefined) return follow(tree, node, absent);
  if (typeof view === 'boolean') return follow(tree, node, view ? on : off);
  if (isViewList(view)) {
    let at = follow(tree, node, listStart);
    for (const item of view) at = walk(tree, at, item, leaves);
    return follow(tree, at, listEnd);
  }
  if (!isTraced(view)) return walkMap(tree, follow(tree, node, mapStart), view, leaves);
  leaves.push(view);
  return follow(tree, node, leaf);
}

function walkMap<T>(tree: ShapeTree<T>, node: ShapeNode<T>, view: ViewObject, leaves: Traced[]): ShapeNode<T> {
  let at = node;
  for (const name in view) at = walk(tree, follow(tree, at, name), view[name], leaves);
  return follow(tree, at, mapEnd);
}

function follow<T>(tree: ShapeTree<T>, node: ShapeNode<T>, step: Step): ShapeNode<T> {
  if (node.step === step && node.next !== undefined) return node.next;
  return node.others?.get(step) ?? grow(tree, node, step);
}

function grow<T>(tree: ShapeTree<T>, node: ShapeNode<T>, step: Step): ShapeNode<T> {
  const next = emptyNode<T>();
  tree.size++;
  if (node.next === undefined) {
    node.step = step;
    node.next = next;
  } else {
    node.others ??= new Map();
    node.others.set(step, next);
  }
  return next;
}

export function isViewList(view: View): view is readonly View[] {
  return Array.isArray(view);
}
