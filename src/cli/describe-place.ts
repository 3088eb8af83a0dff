import { createLocator } from '../document/locate.ts';
import type { Origin } from '../model/origin.ts';
import { positionOf } from '../model/position.ts';
import type { FileTree } from '../model/source.ts';
import type { DescribePlace } from '../report/explanation-text.ts';

/** Says where the words of an origin stand in a tree: 'environments/prod/reviews.yaml:3'. */
export function placeDescriber(tree: FileTree): DescribePlace {
  const locate = createLocator(tree);
  return (origin: Origin) => {
    if (origin.at === undefined) return origin.kind === 'default' ? "Mainsheet's default" : origin.kind;
    const { file } = origin.at;
    const span = locate(origin.at);
    return span === undefined ? file : `${file}:${positionOf(tree.get(file) ?? '', span.start).line}`;
  };
}
