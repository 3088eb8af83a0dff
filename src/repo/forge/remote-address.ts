/** Where a remote is, read from what git calls its URL. Userinfo is never part of it. */
export type RemoteAddress =
  | {
      readonly form: 'server';
      /** Lower case; without a port. */
      readonly host: string;
      /** Of http and https alone: that of ssh says nothing of the web. */
      readonly port: string;
      /** Without slashes at the ends and without '.git'. */
      readonly path: string;
      readonly protocol: 'https' | 'http' | 'ssh' | 'git';
    }
  | { readonly form: 'folder'; readonly path: string };

/**
 * The forms of `git help urls`: https, http, ssh and git URLs, `user@host:path`, file URLs and paths.
 * Undefined for what git would hand to a program of its own (`ext::`), and for what is no address.
 */
export function parseRemote(url: string): RemoteAddress | undefined {
  if (/[\p{C}\s]/u.test(url) || url === '' || /^[a-z0-9+.-]+::/i.test(url)) return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) return parseUrl(url);
  const short = /^(?:[^@/:]+@)?(\[[0-9a-f:]+\]|[^/:]+):(?!\/\/)(.+)$/i.exec(url);
  if (short === null) return { form: 'folder', path: url };
  return server('ssh', short[1] ?? '', '', short[2] ?? '');
}

function parseUrl(text: string): RemoteAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const protocol = url.protocol.slice(0, -1).replace(/^git\+ssh$|^ssh\+git$/, 'ssh');
  if (protocol === 'file') return url.hostname === '' ? { form: 'folder', path: decodeURIComponent(url.pathname) } : undefined;
  if (protocol !== 'https' && protocol !== 'http' && protocol !== 'ssh' && protocol !== 'git') return undefined;
  return server(protocol, url.hostname, protocol === 'ssh' || protocol === 'git' ? '' : url.port, url.pathname);
}

function server(protocol: 'https' | 'http' | 'ssh' | 'git', host: string, port: string, path: string): RemoteAddress | undefined {
  const trimmed = path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  if (host === '' || !/^[\w.~-]+(?:\/[\w.~-]+)*$/.test(trimmed) || trimmed.split('/').some((part) => part === '.' || part === '..'))
    return undefined;
  const name = host.toLowerCase();
  return { form: 'server', protocol, host: sshHosts[name] ?? name, port, path: trimmed };
}

/** Hosts that speak ssh for another one, over port 443. */
const sshHosts: Readonly<Record<string, string>> = { 'ssh.github.com': 'github.com', 'altssh.gitlab.com': 'gitlab.com' };

/** 127.0.0.0/8, ::1 and localhost: the only hosts that are spoken to without TLS. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
