import { join } from 'node:path';
import { askOfText, newest } from './ask-judge.mjs';
import { report, say } from './report.mjs';

const folder = join(import.meta.dirname, 'analysis');

/**
 * Small meshes in which `istioctl analyze` finds what a case says, on the objects that it names and no other. Whether our rules find the
 * same is a plain test (analysis.test.ts).
 * @param {{readAnalysisCases: Function, claimedCodes: Function, differenceIn: Function}} sources
 * @returns how many cases Istio or we see otherwise, and claims without a case
 */
export async function judgeAnalysis({ readAnalysisCases, claimedCodes, differenceIn }) {
  const { cluster, cases } = readAnalysisCases(folder);
  const text = cases.map((one) => `# case: ${one.name}\n${one.text}---\n${cluster}`).join('---\n');
  const findings = (await askOfText(newest, text, { analysis: true })).filter(({ code }) => code !== undefined);
  const claimed = claimedCodes();
  say(`\nanalysis: ${cases.length} meshes of ${new Set(cases.map(({ code }) => code)).size} codes, of which rules claim ${claimed.size}`);
  const unclaimed = [...new Set(cases.map(({ code }) => code))].filter((code) => !claimed.has(code));
  if (unclaimed.length > 0) say(`  no rule claims ${unclaimed.join(', ')}`);
  const theirs = cases.flatMap((one) => {
    const found = findings.filter((finding) => finding.case === one.name && finding.code === one.code).map(({ resource }) => resource);
    const objects = [...new Set(found)].sort();
    return objects.join() === one.objects.join() ? [] : [{ message: `finds ${objects.join(', ') || 'nothing'}`, where: one.name }];
  });
  const ours = cases
    .filter(({ code }) => claimed.has(code))
    .flatMap((one) => {
      const message = differenceIn(one, cluster);
      return message === undefined ? [] : [{ message, where: one.name }];
    });
  const missing = [...claimed.keys()].filter((code) => !cases.some((one) => one.code === code && one.objects.length > 0));
  return (
    report('istioctl analyze sees a case otherwise', theirs) +
    report('we see a case otherwise than istioctl analyze', ours) +
    report(
      'a rule claims a code of which there is no case',
      missing.map((code) => ({ message: `${code} (${claimed.get(code).join(', ')})`, where: '' })),
    )
  );
}
