import type { DecisionStep } from '../model/routing.ts';

/** Matches of one VirtualService in the order in which they stand, as people read it; what stands behind the one that took it says nothing. */
export function storyOrder(steps: readonly DecisionStep[]): readonly DecisionStep[] {
  const ordered: DecisionStep[] = [];
  for (let i = 0; i < steps.length; ) {
    let end = i;
    while (isMatchBeside(steps[i], steps[end])) end += 1;
    const run = steps.slice(i, end).sort((a, b) => byPlace(a, b));
    const taken = run.findIndex(({ took }) => took);
    ordered.push(...(end === i ? steps.slice(i, i + 1) : taken < 0 ? run : run.slice(0, taken + 1)));
    i = Math.max(end, i + 1);
  }
  return ordered;
}

function isMatchBeside(first: DecisionStep | undefined, step: DecisionStep | undefined): boolean {
  return first?.about === 'match' && step?.about === 'match' && first.place?.manifest === step.place?.manifest;
}

/** By the indexes in their pointers: '/http/2' before '/http/10/match/0'. */
function byPlace(a: DecisionStep, b: DecisionStep): number {
  const [left, right] = [a, b].map(({ place }) =>
    (place?.pointer ?? '').split('/').flatMap((part) => (/^\d+$/.test(part) ? [Number(part)] : [])),
  );
  for (let i = 0; i < 2; i += 1) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
