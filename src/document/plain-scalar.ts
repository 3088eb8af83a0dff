/** What a plain (unquoted) scalar means; undefined where YAML 1.1 and 1.2 readers disagree. */
export type PlainValue = string | number | boolean | null | undefined;

const words: ReadonlyMap<string, boolean | null | undefined> = new Map<string, boolean | null | undefined>([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, undefined] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', '='].map((word) => [word, undefined] as const),
]);

const integer = /^[-+]?(?:0|[1-9][0-9]*)$/;
const hexadecimal = /^0x[0-9a-fA-F]+$/;
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const infinite = /^[-+]?\.(?:inf|Inf|INF)$/;
const notNumber = /^\.(?:nan|NaN|NAN)$/;
// Leading zeros (octal in 1.1), 0o (octal in 1.2), binary, signed hexadecimal, digit groups and base 60 (yaml.org/type/int, /float).
const oldNumber =
  /^[-+]?(?:0[0-9_]+|0o[0-7_]+|0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|[0-9]*\.[0-9_]*_[0-9_]*)$/;

/**
 * The core schema of YAML 1.2.2 (§10.3.2), less what YAML 1.1 reads otherwise. Dates stay text: every reader on the way
 * to Kubernetes keeps them. Numbers may come out infinite or inexact: whoever asks must look.
 */
export function plainValue(source: string): PlainValue {
  const first = source.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!numeric) return source.length <= 5 && words.has(source) ? words.get(source) : source;
  if (integer.test(source)) return Number(source) + 0;
  if (hexadecimal.test(source)) return Number(source);
  if (oldNumber.test(source)) return undefined;
  if (decimal.test(source)) return Number(source) + 0;
  if (infinite.test(source)) return first === 45 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return notNumber.test(source) ? Number.NaN : source;
}

/** What else readers take an ambiguous plain scalar for, in words. */
export function otherReading(source: string): string {
  if (/^(?:y|yes|on)$/i.test(source)) return 'true';
  if (/^(?:n|no|off)$/i.test(source)) return 'false';
  return source === '=' ? 'a special value' : 'another number, or for text';
}
