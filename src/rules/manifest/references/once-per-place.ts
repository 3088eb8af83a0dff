import type { MeshObject } from '../../../mesh/mesh-object.ts';
import type { Finding } from '../../manifest-rule.ts';

type Report<P> = (object: MeshObject, finding: Finding<P>) => void;

/** One finding for each place: a word of an intent may stand in several objects, and is wrong in all of them. */
export function oncePerPlace<P>(report: Report<P>): Report<P> {
  const said = new Set<string>();
  return (object, finding) => {
    const key = JSON.stringify(object.at(finding.pointer, finding.part));
    if (said.has(key)) return;
    said.add(key);
    report(object, finding);
  };
}
