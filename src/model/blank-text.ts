/** Whether a text has nothing that a reader would see: no letter, digit, mark or sign, but spaces, controls and format characters alone. */
export function isBlank(text: string): boolean {
  return !/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(text);
}
