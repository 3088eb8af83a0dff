import { setFlagsFromString } from 'node:v8';

/**
 * Tells V8 that the process will be short: by default it optimizes functions, on threads beside ours, that will not run often enough to pay
 * for it, which on a cold check of 1,000 services is 40 % of all CPU. Only for Node 20's V8, whose flag and effect were measured
 * (bench/README.md); its meaning elsewhere is not ours to guess.
 */
export function expectShortRun({ v8 }: { readonly v8: string }): void {
  if (v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=1000000');
}
