import type { Site } from '../model/site.ts';
import { type CarriedMesh, type OpenedMesh, openMesh } from '../pipelines/site/carried-mesh.ts';
import { visibleText } from '../report/visible-text.ts';
import { type FoldedValues, unfoldValues } from '../site/fold-values.ts';

/** What the page was written with. What a reader could not see in a text is shown as an escape. */
export function readSite(): Site {
  return unfoldValues(dataOf('site'), visibleText) as unknown as Site;
}

const opened = new Map<number, OpenedMesh>();

/** The mesh of an environment, by its place in the site; opened when it is first asked. */
export function meshOf(index: number): OpenedMesh {
  const mesh = opened.get(index) ?? openMesh(unfoldValues(dataOf(`mesh-${index}`)) as unknown as CarriedMesh);
  opened.set(index, mesh);
  return mesh;
}

// `mainsheet site` wrote these elements into the same file.
function dataOf(id: string): FoldedValues {
  return JSON.parse(document.getElementById(id)?.textContent ?? '') as FoldedValues;
}
