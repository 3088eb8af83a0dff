/** How an address is reached, and by which of git's protocols; see git-fetch(1), "GIT URLS". */
export type AddressKind =
  | { readonly kind: 'https' | 'http'; readonly host: string; readonly user?: string; readonly password?: string }
  | { readonly kind: 'ssh'; readonly host: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** What an address is, as git would read it. `host` has its port where one is written. */
export function addressKind(address: string): AddressKind {
  if (address === '' || address.startsWith('-') || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(address)) return refused('it is no address');
  if (/^[a-z0-9+.-]*::/i.test(address)) return refused('it names a program of its own (`::`)');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === 'https' || scheme === 'http') return webAddress(address, scheme);
  if (scheme === 'ssh' || scheme === 'git+ssh' || scheme === 'ssh+git')
    return sshAddress(address.slice(address.indexOf('://') + 3).split('/')[0] ?? '');
  if (scheme === 'file') return { kind: 'folder', path: address.slice('file://'.length) };
  if (scheme !== undefined) return refused(`it is read over ${scheme}://, which knows no one and hides nothing`);
  const colon = address.indexOf(':');
  const isScpLike = colon > 0 && !address.slice(0, colon).includes('/') && !/^[A-Za-z]:[\\/]/.test(address);
  return isScpLike ? sshAddress(address.slice(0, colon)) : { kind: 'folder', path: address };
}

function webAddress(address: string, kind: 'https' | 'http'): AddressKind {
  if (!URL.canParse(address)) return refused('it is no address');
  const { host, hostname, username, password } = new URL(address);
  if (kind === 'http' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return refused('http:// is not encrypted');
  return {
    kind,
    host,
    ...(username === '' ? {} : { user: decoded(username) }),
    ...(password === '' ? {} : { password: decoded(password) }),
  };
}

function sshAddress(authority: string): AddressKind {
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return host === '' || host.startsWith('-') || authority.startsWith('-') ? refused('it is no address') : { kind: 'ssh', host };
}

function refused(reason: string): AddressKind {
  return { kind: 'refused', reason };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address without user and password, which are given in other ways. */
export function withoutPassword(address: string): string {
  return address.replace(/^(https?:\/\/)[^/@]*:[^/@]*@/i, '$1');
}
