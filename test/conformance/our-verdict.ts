import { checkManifests } from '../../src/check-manifests.ts';
import { parseIstioVersion } from '../../src/model/istio-version.ts';
import type { JsonObject } from '../../src/model/json.ts';

export interface OurFinding {
  readonly code: string;
  readonly name: string;
  readonly message: string;
}

export interface OurVerdict {
  readonly errors: readonly OurFinding[];
  readonly warnings: readonly OurFinding[];
}

/** Rules about objects among each other: a lone object has no one to be judged beside. */
const amongOthers = /^MS5[789]/;

/** What `check --manifests` says of one object alone, in a mesh of this minor. */
export function ourVerdict(object: JsonObject, minor: number): OurVerdict {
  const istio = parseIstioVersion(`1.${minor}`);
  if (istio === undefined) throw new Error(`no mesh has the version 1.${minor}`);
  const { diagnostics } = checkManifests(new Map([['object.yaml', JSON.stringify(object)]]), { istio });
  const of = (wanted: string): readonly OurFinding[] =>
    diagnostics.filter(({ severity }) => severity === wanted).map(({ code, name, message }) => ({ code, name, message }));
  return { errors: of('error').filter(({ code }) => !amongOthers.test(code)), warnings: of('warning') };
}
