/** Whether an address lies in one of the ranges, written as addresses or in CIDR form; IPv4 and IPv6 never meet. */
export function isInSubnets(address: string, subnets: readonly string[]): boolean {
  const bits = bitsOf(address);
  return bits !== undefined && subnets.some((subnet) => holds(subnet, bits));
}

function holds(subnet: string, bits: string): boolean {
  const [text = '', length] = subnet.split('/');
  const own = bitsOf(text);
  if (own === undefined || own.length !== bits.length) return false;
  const size = length === undefined ? own.length : Number(length);
  return own.slice(0, size) === bits.slice(0, size);
}

/** The address as '0' and '1'; undefined for what is none. */
function bitsOf(address: string): string | undefined {
  if (/^\d+(\.\d+){3}$/.test(address)) {
    const bytes = address.split('.').map(Number);
    return bytes.every((byte) => byte <= 255) ? bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('') : undefined;
  }
  if (!address.includes(':')) return undefined;
  const [before = '', after] = address.toLowerCase().split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const head = groups(before);
  const tail = after === undefined ? [] : groups(after);
  const middle = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  const all = [...head, ...middle, ...tail];
  if (all.length !== 8 || all.some((group) => !/^[0-9a-f]{1,4}$/.test(group))) return undefined;
  return all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
