import { positionOf } from '../model/position.ts';
import type { Address, FileTree, Span } from '../model/source.ts';
import { isSpan } from '../model/source.ts';
import type { DescribePlace } from '../report/explanation-text.ts';
import type { Compiler } from './compiler.ts';

/** Says where the words of an origin stand in a tree: 'environments/prod/reviews.yaml:3'. */
export function placeDescriber(tree: FileTree, compiler: Compiler): DescribePlace {
  return ({ kind, at }) => {
    if (at === undefined) return kind === 'default' ? "Mainsheet's default" : kind;
    const span = spanOf(at, compiler);
    return span === undefined ? at.file : `${at.file}:${positionOf(tree.get(at.file) ?? '', span.start).line}`;
  };
}

/** The compiler finds the places of findings, so the address becomes one. */
function spanOf(at: Address, compiler: Compiler): Span | undefined {
  const finding = { code: '', name: '', severity: 'info', message: '', why: '', fix: '', related: [], hints: [], at } as const;
  const place = compiler.locate([finding])[0]?.at;
  return place !== undefined && isSpan(place) ? place : undefined;
}
