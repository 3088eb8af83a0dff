/** PromQL's quoted string for a value; its escapes are Go's. Control characters are written as \u00nn. */
export function quoted(value: string): string {
  return `"${escaped(value, '"')}"`;
}

/** What stands for a value between these quotes. Text between backticks has no escapes: a value that cannot stand there is undefined. */
export function between(value: string, quote: string): string | undefined {
  return quote === '`' ? (/[`\r\n\p{Cc}]/u.test(value) ? undefined : value) : escaped(value, quote);
}

/** A pattern that matches just the value: RE2's metacharacters lose their meaning. */
export function literalPattern(value: string): string {
  return value.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

/** `1h`, `90s`, `1500ms`: one unit, as every Prometheus reads it. */
export function promDuration(seconds: number): string {
  const milliseconds = Math.max(1, Math.round(seconds * 1000));
  const [size, unit] = units.find(([one]) => milliseconds % one === 0) ?? [1, 'ms'];
  return `${milliseconds / size}${unit}`;
}

const units: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
];

function escaped(value: string, quote: string): string {
  return value
    .replace(/\\/g, '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(/\p{Cc}/gu, (control) => `\\u${control.codePointAt(0)?.toString(16).padStart(4, '0')}`);
}
