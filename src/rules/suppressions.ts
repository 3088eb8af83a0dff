import { type Diagnostic, defineDiagnostic, diagnose, isError } from '../model/diagnostic.ts';
import { type JsonObject, objectOr } from '../model/json.ts';
import { type Manifest, manifestId, originAt } from '../model/manifest.ts';
import { isWithin } from '../model/pointer.ts';
import { type Address, isSpan } from '../model/source.ts';
import { manifestRules } from './rule-sets.ts';
import { meantInstead, neededWaiver } from './waivers.ts';

/** Istio's own annotation (pkg/config/analysis/local/istiod_analyze.go): codes divided by commas, or `*`. */
export const suppressAnnotation = 'galley.istio.io/analyze-suppress';
export const reasonAnnotation = 'mainsheet.dev/analyze-suppress-reason';

export const waiverHasReason = defineDiagnostic<{ id: string; codes: string }>({
  code: 'MS3093',
  name: 'waiver-has-reason',
  severity: 'warning',
  summary: ({ id, codes }) => `${id} silences ${codes} and gives no reason`,
  why: 'Whoever reads the object next must know why the finding does not hold here, and when to look again.',
  fix: `Say it in the annotation \`${reasonAnnotation}\` beside it.`,
  since: '0.1.0',
});

/**
 * The findings without the warnings and notes that hand-written objects silence by Istio's annotation. It names Istio's codes or
 * Mainsheet's own codes and names. Errors stand, as in intents; one that silences nothing is a warning itself, unless it names what only
 * Istio finds, or what nothing here could find without knowing more of the cluster.
 */
export function applySuppressions(findings: readonly Diagnostic[], manifests: readonly Manifest[]): readonly Diagnostic[] {
  const silencing = manifests.flatMap((manifest) => suppressionOf(manifest) ?? []);
  if (silencing.length === 0) return findings;
  const used = new Set<string>();
  const left = findings.flatMap((finding): readonly Diagnostic[] => {
    const by = silencing.find((one) => belongsTo(finding, one.home) && one.codes.some((code) => isNamed(code, finding)));
    if (by === undefined) return [finding];
    for (const code of by.codes) if (isNamed(code, finding)) used.add(keyOf(by, code));
    return isError(finding) ? [{ ...finding, hints: [...finding.hints, 'an annotation silences warnings; this is an error'] }] : [];
  });
  return [...left, ...silencing.flatMap((one) => aboutSuppression(one, used, findings))];
}

interface Suppression {
  readonly manifest: Manifest;
  readonly home: Address;
  readonly codes: readonly string[];
  readonly reason: string | undefined;
}

function suppressionOf(manifest: Manifest): Suppression | undefined {
  const annotations: JsonObject = objectOr(objectOr(manifest.body.metadata).annotations);
  const { [suppressAnnotation]: written, [reasonAnnotation]: reason } = annotations;
  const home = manifest.owner.origin.at;
  if (typeof written !== 'string' || home === undefined || manifest.owner.kind !== 'manifests') return undefined;
  const codes = written
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');
  return { manifest, home, codes, reason: typeof reason === 'string' && reason.trim() !== '' ? reason : undefined };
}

function belongsTo({ at }: Diagnostic, home: Address): boolean {
  return at !== undefined && !isSpan(at) && at.file === home.file && at.document === home.document && isWithin(at.pointer, home.pointer);
}

function isNamed(code: string, { code: own, name }: Diagnostic): boolean {
  return code === '*' || code === own || code === name || aliases.get(own) === code;
}

const aliases: ReadonlyMap<string, string> = new Map(
  manifestRules.flatMap(({ definition: { code, alias } }) => (alias === undefined ? [] : [[code, alias]])),
);

/** Codes that are found only where the input shows the cluster: their absence proves nothing. */
const needCluster: ReadonlySet<string> = new Set(['IST0101', 'IST0112', 'IST0127', 'IST0161', 'IST0162', 'IST0173', 'IST0174']);

function aboutSuppression(one: Suppression, used: ReadonlySet<string>, findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const { manifest, codes, reason } = one;
  const at = originAt(manifest.provenance, `/metadata/annotations/${suppressAnnotation.replace('/', '~1')}`)?.at;
  const idle = codes.filter((code) => !used.has(keyOf(one, code)) && !isIstiosAlone(code) && !needCluster.has(code));
  const needless = findings.some((finding) => isError(finding) && belongsTo(finding, one.home)) ? [] : idle;
  return [
    ...needless.map((rule) => diagnose(neededWaiver, { params: { rule }, at, hints: meantInstead(rule, ruleNames) })),
    ...(reason === undefined ? [diagnose(waiverHasReason, { params: { id: manifestId(manifest), codes: codes.join(', ') }, at })] : []),
  ];
}

/** What only Istio's own analyzers find, or newer ones than those that Mainsheet knows. */
function isIstiosAlone(code: string): boolean {
  return /^IST\d{4}$/.test(code) && !ruleNames.includes(code);
}

const ruleNames = manifestRules.flatMap(({ definition: { code, name, alias } }) =>
  alias === undefined ? [code, name] : [code, name, alias],
);

function keyOf({ home }: Suppression, code: string): string {
  return JSON.stringify([home.file, home.document, home.pointer, code]);
}
