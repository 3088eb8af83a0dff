import { addressKind } from '../git/remote-address.ts';

/** Where the repository behind a remote is: its host and its path there. Userinfo is never part of it. */
export type RepositoryAddress =
  | {
      readonly form: 'server';
      readonly protocol: 'https' | 'http' | 'ssh';
      /** Lower case; without a port. */
      readonly host: string;
      /** Of http and https alone: that of ssh says nothing of the web. */
      readonly port: string;
      /** Without slashes at the ends and without '.git'. */
      readonly path: string;
    }
  | { readonly form: 'folder'; readonly path: string };

/** Of a remote's URL as git has it. Undefined for what git is not let near, and for what has no path of a repository. */
export function parseRemote(remote: string): RepositoryAddress | undefined {
  const address = addressKind(remote);
  if (address.kind === 'refused' || /\s/.test(remote)) return undefined;
  if (address.kind === 'folder') return { form: 'folder', path: address.path };
  if (!/^[a-z+]+:\/\//i.test(remote)) return server('ssh', address.host, '', remote.slice(remote.indexOf(':') + 1));
  if (!URL.canParse(remote)) return undefined;
  const { hostname, port, pathname } = new URL(remote);
  return server(address.kind, hostname, address.kind === 'ssh' ? '' : port, pathname);
}

function server(protocol: 'https' | 'http' | 'ssh', host: string, port: string, path: string): RepositoryAddress | undefined {
  const trimmed = path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  if (!/^[\w.~-]+(?:\/[\w.~-]+)*$/.test(trimmed) || trimmed.split('/').some((part) => /^\.\.?$/.test(part))) return undefined;
  const name = host.toLowerCase();
  return { form: 'server', protocol, host: sshHosts[name] ?? name, port, path: trimmed };
}

/** Hosts that speak ssh for another one, over port 443. */
const sshHosts: Readonly<Record<string, string>> = { 'ssh.github.com': 'github.com', 'altssh.gitlab.com': 'gitlab.com' };
