import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalog } from '../../src/catalog.ts';
import { parseIstioVersion } from '../../src/model/istio-version.ts';
import { checkManifests } from '../../src/pipelines/check-manifests.ts';
import { objectsAt } from './objects-at.ts';

/** A small mesh in which `istioctl analyze` finds a code on the objects named, and nowhere else; none are named where it is clean. */
export interface AnalysisCase {
  readonly code: string;
  /** 'IST0101/unknown-host' */
  readonly name: string;
  readonly text: string;
  /** 'VirtualService bookinfo/reviews', sorted. */
  readonly objects: readonly string[];
  /** The rules of ours that find it, where they are not those that claim the code. */
  readonly rules?: readonly string[];
  /** The mesh that we are told of, where our rule holds for older ones alone. */
  readonly mesh?: string;
  /** Why no rule of ours finds it, where none does. */
  readonly notOurs?: string;
}

/** The cases of a folder, one file each, and the cluster that stands beside every one of them. */
export function readAnalysisCases(folder: string): { readonly cluster: string; readonly cases: readonly AnalysisCase[] } {
  const codes = readdirSync(folder)
    .filter((name) => name.startsWith('IST'))
    .sort();
  const cases = codes.flatMap((code) =>
    readdirSync(join(folder, code))
      .sort()
      .map((file) => readCase(code, file.replace('.yaml', ''), readFileSync(join(folder, code, file), 'utf8'))),
  );
  return { cluster: readFileSync(join(folder, 'cluster.yaml'), 'utf8'), cases };
}

function readCase(code: string, name: string, text: string): AnalysisCase {
  const said = (word: string) => [...text.matchAll(new RegExp(`^# ${word}: (.*)$`, 'gm'))].map(([, rest = '']) => rest);
  const [notOurs] = said('not ours');
  const [mesh] = said('mesh');
  const [rules] = said('rules').map((list) => list.split(' '));
  return {
    code,
    name: `${code}/${name}`,
    text,
    objects: said('finds').sort(),
    ...(rules === undefined ? {} : { rules }),
    ...(mesh === undefined ? {} : { mesh }),
    ...(notOurs === undefined ? {} : { notOurs }),
  };
}

/** The codes of Istio's analysis that our rules say they find, each with its rules. */
export function claimedCodes(): ReadonlyMap<string, readonly string[]> {
  const claimed = new Map<string, string[]>();
  for (const { alias, code } of catalog) {
    if (alias === undefined || !alias.startsWith('IST')) continue;
    claimed.set(alias, [...(claimed.get(alias) ?? []), code]);
  }
  return claimed;
}

/** What our rules for a case's code say of its objects: those they report, and those they point to besides. */
export interface OurAnalysis {
  readonly reported: readonly string[];
  readonly named: readonly string[];
}

export function ourAnalysis({ code, text, mesh, rules = claimedCodes().get(code) ?? [] }: AnalysisCase, cluster: string): OurAnalysis {
  const istio = mesh === undefined ? undefined : parseIstioVersion(mesh);
  const { diagnostics } = checkManifests(
    new Map([
      ['cluster.yaml', cluster],
      ['mesh.yaml', text],
    ]),
    istio === undefined ? {} : { istio },
  );
  const found = diagnostics.filter(({ code: ours, at }) => rules.includes(ours) && at?.file === 'mesh.yaml');
  const objects = objectsAt(text);
  const beside = found.flatMap(({ related }) => related.map(({ at }) => at)).filter(({ file }) => file === 'mesh.yaml');
  const once = (titles: readonly string[]) => [...new Set(titles)].sort();
  return { reported: once(objects(found.flatMap(({ at }) => at ?? []))), named: once(objects(beside)) };
}

/** How we and Istio differ about a case; undefined where we do not. Of objects that conflict we report one and point to the others. */
export function differenceIn(one: AnalysisCase, cluster: string): string | undefined {
  const { reported, named } = ourAnalysis(one, cluster);
  if (one.notOurs !== undefined)
    return reported.length === 0 ? undefined : `found on ${reported.join(', ')}, though the case says that it is not`;
  const more = reported.filter((object) => !one.objects.includes(object));
  const missing = one.objects.filter((object) => !reported.includes(object) && (reported.length === 0 || !named.includes(object)));
  const parts = [
    more.length === 0 ? [] : `found on ${more.join(', ')}`,
    missing.length === 0 ? [] : `not found on ${missing.join(', ')}`,
  ].flat();
  return parts.length === 0 ? undefined : parts.join('; ');
}
