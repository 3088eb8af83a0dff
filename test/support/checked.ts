import type { LocatedDiagnostic } from '../../src/model/diagnostic.ts';
import { parseIstioVersion } from '../../src/model/istio-version.ts';
import { lineStarts, positionIn } from '../../src/model/position.ts';
import { type CheckOptions, checkManifests } from '../../src/pipelines/check-manifests.ts';
import { isAboutInput } from './about-input.ts';

export interface CheckedText {
  /** 'MS5101 line 7' for each finding, in the order of the report. */
  readonly findings: readonly string[];
  readonly codes: readonly string[];
  readonly diagnostics: readonly LocatedDiagnostic[];
}

export interface CheckWishes extends Omit<CheckOptions, 'istio' | 'unread'> {
  /** "1.20"; the newest where not given. */
  readonly istio?: string;
  /** Only findings of these codes: for a rule that is tested beside others. */
  readonly only?: readonly string[];
  /** Also the notes on what the input does not show. */
  readonly notes?: boolean;
}

/** What `check --manifests` finds in a text of one file. */
export function checked(text: string, { istio, only, notes = false, ...given }: CheckWishes = {}): CheckedText {
  const version = istio === undefined ? undefined : parseIstioVersion(istio);
  const all = checkManifests(new Map([['manifests.yaml', text]]), { ...given, ...(version === undefined ? {} : { istio: version }) });
  const diagnostics = all.diagnostics.filter(
    (finding) => (only === undefined || only.includes(finding.code)) && (notes || !isAboutInput(finding)),
  );
  const starts = lineStarts(text);
  return {
    findings: diagnostics.map(({ code, at }) => (at === undefined ? code : `${code} line ${positionIn(text, starts, at.start).line}`)),
    codes: diagnostics.map(({ code }) => code),
    diagnostics,
  };
}

/** A VirtualService `reviews` in `bookinfo` with this spec, written in flow style or as lines without indentation. */
export function virtualService(spec: string, name = 'reviews'): string {
  return manifest('VirtualService', name, spec);
}

export function destinationRule(spec: string, name = 'reviews'): string {
  return manifest('DestinationRule', name, spec);
}

/** Line 4 is `spec:`; the spec's own lines begin at 5. */
export function manifest(kind: string, name: string, spec: string, { namespace = 'bookinfo', group = 'networking' } = {}): string {
  const body = spec.trimEnd().replaceAll(/^(?=.)/gm, '  ');
  return `apiVersion: ${group}.istio.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec:\n${body}\n`;
}
