/** With LF line ends: a checkout with autocrlf changes no meaning, so it must not look like an edit. */
export function withLineFeeds(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
}

/** Whether all lines end with CR LF; where some do not, it has no way of its own. */
export function hasCarriageReturns(text: string): boolean {
  return text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
}

/** Each LF becomes CR LF. */
export function withCarriageReturns(text: string): string {
  return withLineFeeds(text).replaceAll('\n', '\r\n');
}
