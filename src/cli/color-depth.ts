import type { EnvironmentVariables } from './cli-context.ts';

/**
 * 4 bits of colour or none. FORCE_COLOR decides when set, as in Node; else NO_COLOR (no-color.org) and a dumb terminal forbid it;
 * else a terminal has it and a file or pipe has not.
 */
export function colorDepth(variables: EnvironmentVariables, isTerminal: boolean): 1 | 4 {
  const forced = variables.FORCE_COLOR;
  if (forced !== undefined) return forced === '0' || forced === 'false' ? 1 : 4;
  if (variables.NO_COLOR !== undefined && variables.NO_COLOR !== '') return 1;
  return isTerminal && variables.TERM !== 'dumb' ? 4 : 1;
}
