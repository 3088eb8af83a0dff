const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const fourOctets = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const group = /^[0-9a-fA-F]{1,4}$/;

/** Whether a text is an IP address, or one with `/` and a number of bits (Go's netip.ParseAddr and ParsePrefix, as Istio reads them). */
export function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (bits === undefined) return isV4(address) || isV6(address.replace(/%[^/]+$/, ''));
  if (more.length > 0 || !/^(?:0|[1-9][0-9]{0,2})$/.test(bits)) return false;
  return (isV4(address) && Number(bits) <= 32) || (isV6(address) && Number(bits) <= 128);
}

function isV4(text: string): boolean {
  return fourOctets.test(text);
}

/** Eight groups of hexadecimal digits, a `::` for some that are zero, and perhaps an IPv4 address in place of the last two. */
function isV6(text: string): boolean {
  const last = text.slice(text.lastIndexOf(':') + 1);
  const plain = isV4(last) ? `${text.slice(0, text.length - last.length)}0:0` : text;
  const halves = plain.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((one) => group.test(one))) return false;
  return halves.length === 2 ? groups.length <= 7 : halves.length === 1 && groups.length === 8;
}
