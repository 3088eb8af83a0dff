import type { TracedDecision } from './decision-text.ts';

/** A decision for programs: the request, what became of it, and each step with its place. */
export function decisionJson({ request, notes, decision, places }: TracedDecision): string {
  const { steps, ...rest } = decision;
  const told = steps.map((step, i) => ({ ...step, ...(places[i] === undefined ? {} : { source: places[i] }) }));
  return `${JSON.stringify({ request, notes, ...rest, steps: told }, null, 2)}\n`;
}
