import { type IstioVersion, parseIstioVersion } from '../../model/istio-version.ts';

/** Flags of commands that read anyone's manifests instead of intents. */
export type MeshFlags = {
  readonly manifests?: readonly string[];
  readonly istio?: IstioVersion;
  readonly namespace?: string;
};

export function manifestsFlag(brief: string): {
  readonly kind: 'parsed';
  readonly parse: (text: string) => string;
  readonly brief: string;
  readonly placeholder: 'PATH';
  readonly optional: true;
  readonly variadic: true;
} {
  return { kind: 'parsed', parse: String, brief, placeholder: 'PATH', optional: true, variadic: true };
}

export const istioFlag = {
  kind: 'parsed',
  parse: parseVersion,
  brief: "With --manifests: the mesh's version of Istio; the newest known where not given",
  placeholder: 'VERSION',
  optional: true,
} as const;

export const namespaceFlag = {
  kind: 'parsed',
  parse: String,
  brief: 'With --manifests: the namespace of objects that name none',
  placeholder: 'NAME',
  optional: true,
} as const;

function parseVersion(text: string): IstioVersion {
  const version = parseIstioVersion(text);
  if (version === undefined) throw new SyntaxError(`"${text}" is no version of Istio; write one such as 1.29`);
  return version;
}
