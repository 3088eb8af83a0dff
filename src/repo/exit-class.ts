/** What a finding says about the run: the input is at fault, Mainsheet declined for safety, or the machine failed and a rerun may succeed. */
export type ExitClass = 'input' | 'refused' | 'environment';

const refused = [
  { first: 'MS8001', last: 'MS8029' },
  { first: 'MS9010', last: 'MS9029' },
];
const environment = [
  { first: 'MS8030', last: 'MS8059' },
  { first: 'MS9030', last: 'MS9059' },
];

/** The class of a code, by its band: MS8001–MS8029 and MS9010–MS9029 refused (exit 4), MS8030–MS8059 and MS9030–MS9059 environment (exit 3), everything else input (exit 1). */
export function exitClassOf(code: string): ExitClass {
  const isIn = ({ first, last }: { readonly first: string; readonly last: string }) => code >= first && code <= last;
  if (refused.some(isIn)) return 'refused';
  return environment.some(isIn) ? 'environment' : 'input';
}
