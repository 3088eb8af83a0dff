/** A mesh's version. Istio's minor releases decide the dialect; every release so far is 1.x. */
export interface IstioVersion {
  readonly minor: number;
  /** As people write it: "1.29". */
  readonly text: string;
}

/** "1.29" or "1.29.3" → the version; undefined for anything else. */
export function parseIstioVersion(text: string): IstioVersion | undefined {
  const match = /^1\.(0|[1-9]\d?)(\.\d{1,3})?$/.exec(text);
  return match === null ? undefined : { minor: Number(match[1]), text: `1.${match[1]}` };
}
