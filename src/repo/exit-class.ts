/** What a finding says about the run: the input is at fault, Mainsheet declined for safety, or the machine failed and a rerun may succeed. */
export type ExitClass = 'input' | 'refused' | 'environment';

const refused = { first: 'MS8001', last: 'MS8029' };
const environment = { first: 'MS8030', last: 'MS8059' };

/** The class of a code, by its band: MS8001–MS8029 refused (exit 4), MS8030–MS8059 environment (exit 3), everything else input (exit 1). */
export function exitClassOf(code: string): ExitClass {
  if (code >= refused.first && code <= refused.last) return 'refused';
  return code >= environment.first && code <= environment.last ? 'environment' : 'input';
}
