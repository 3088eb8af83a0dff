import { type Diagnostic, defineDiagnostic, diagnose, isError } from '../model/diagnostic.ts';
import { type Intent, originOf } from '../model/intent.ts';
import { didYouMean } from '../model/names.ts';
import type { CommonWords, WaiverWords } from '../model/words.ts';
import { pinInForce } from './intent/pin-in-force.ts';
import { intentRules, manifestRules } from './rule-sets.ts';

export const neededWaiver = defineDiagnostic<{ rule: string }>({
  code: 'MS3090',
  name: 'needed-waiver',
  severity: 'warning',
  summary: ({ rule }) => `nothing here needs the waiver of \`${rule}\``,
  why: 'A waiver that waives nothing hides the next finding of that rule, which nobody has looked at.',
  fix: 'Remove it. A rule is named by its code or its name, as the finding prints it.',
  since: '0.1.0',
});

export const errorsStand = defineDiagnostic<{ rule: string }>({
  code: 'MS3091',
  name: 'errors-stand',
  severity: 'error',
  summary: ({ rule }) => `\`${rule}\` is an error, and errors can't be waived`,
  why: 'An error means that the manifests would not do what the intent says.',
  fix: 'Mend what the error names and remove the waiver.',
  since: '0.1.0',
});

export const waiverInForce = defineDiagnostic<{ rule: string; until: string }>({
  code: 'MS3092',
  name: 'waiver-in-force',
  severity: 'warning',
  summary: ({ rule, until }) => `the waiver of \`${rule}\` ended on ${until}`,
  why: 'Whoever wrote it wanted to look again by then.',
  fix: 'Mend the finding, or give the waiver a later `until` and a reason that still holds.',
  since: '0.1.0',
});

/**
 * The findings without those that their intents waive, and with findings about the waivers themselves.
 * Where a compilation is partial, because a step failed or no more was asked, findings are missing, so no waiver is called needless then.
 */
export function applyWaivers(
  findings: readonly Diagnostic[],
  intents: readonly Intent[],
  isPartial: boolean,
  today: string | undefined,
): readonly Diagnostic[] {
  let left = findings;
  const about: Diagnostic[] = [];
  for (const intent of intents) {
    const { allow = [] }: CommonWords = intent.value;
    for (const [index, waiver] of allow.entries()) {
      const at = originOf(intent, `/allow/${index}/rule`).at;
      const { rule, until } = waiver;
      const matching = left.filter((finding) => names(waiver, finding) && belongsTo(finding, intent));
      if (matching.some(isError)) about.push(diagnose(errorsStand, { params: { rule }, at }));
      else if (matching.length === 0) {
        if (!isPartial && !waitsForADate(rule, today))
          about.push(diagnose(neededWaiver, { params: { rule }, at, hints: meantInstead(rule, ruleNames) }));
      } else if (until !== undefined && today !== undefined && until < today)
        about.push(diagnose(waiverInForce, { params: { rule, until }, at: originOf(intent, `/allow/${index}/until`).at }));
      else left = left.filter((finding) => !matching.includes(finding));
    }
  }
  return [...left, ...about];
}

/** What a waiver that names no rule may have meant. One that names a rule is merely not needed, and codes that look alike mean nothing. */
export function meantInstead(rule: string, known: readonly string[]): readonly string[] {
  return known.includes(rule) || /^MS\d{4}$/.test(rule) ? [] : didYouMean(rule, known);
}

const ruleNames = [...intentRules, ...manifestRules].flatMap(({ definition }) => [definition.name, definition.code]);

/** What depends on the day is found only where the day is known. */
function waitsForADate(rule: string, today: string | undefined): boolean {
  return today === undefined && [pinInForce.definition.name, pinInForce.definition.code].includes(rule);
}

function names({ rule }: WaiverWords, finding: Diagnostic): boolean {
  return finding.code === rule || finding.name === rule;
}

function belongsTo({ at }: Diagnostic, intent: Intent): boolean {
  if (at === undefined) return false;
  return intent.layers.some((layer) => layer.file === at.file && (!('document' in at) || layer.document === at.document));
}
