/** Why an address can not be written into an engine's object, as the end of a sentence; or how it is written there. */
export type AddressReading = { readonly url: string } | { readonly fault: string };

/**
 * The address of a repository, without user and password. `git@host:path` becomes ssh://, which both engines read; there the user is part of
 * the address and no secret. Nothing else than https and ssh: what a cluster fetches comes encrypted.
 */
export function gitAddress(address: string): AddressReading {
  const scp = /^(?:([A-Za-z0-9._-]+)@)?([A-Za-z0-9.-]{2,}):(?!\/\/)(.+)$/.exec(address);
  const text = scp === null ? address : `ssh://${scp[1] ?? 'git'}@${scp[2]}/${(scp[3] ?? '').replace(/^\/+/, '')}`;
  const url = parsed(text);
  if (url === undefined || !['https:', 'ssh:'].includes(url.protocol)) return { fault: 'is no https:// or ssh:// address' };
  url.password = '';
  if (url.protocol === 'https:') url.username = '';
  return url.pathname.length < 2 ? { fault: 'names a server, and no repository' } : { url: url.href };
}

/** The address of an artifact, without its tag. */
export function ociAddress(address: string): AddressReading {
  return /^oci:\/\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/.test(address)
    ? { url: address }
    : { fault: 'is no address such as `oci://registry.example.com/team/mesh`, without tag, user and password' };
}

/** A query or a fragment may hold a token, and no repository needs one. */
function parsed(text: string): URL | undefined {
  if (/[\s\p{Cc}\\]/u.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.search !== '' || url.hash !== '' || url.hostname === '' ? undefined : url;
}

/** Why no engine can look for a revision; undefined where one can. `git check-ref-format`, and what Argo CD takes for a range of versions. */
export function revisionFault(revision: string, kind: 'git' | 'oci'): string | undefined {
  if (kind === 'oci')
    return /^([A-Za-z0-9_][A-Za-z0-9._-]{0,127}|sha256:[0-9a-f]{64})$/.test(revision) ? undefined : 'it is no tag and no digest';
  const isName = !/[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\/\/|\.lock(\/|$)|(^|\/)\.|[./]$|^[-/@]/u.test(revision) && revision !== '';
  if (!isName) return 'it is no name that git allows';
  if (revision === 'HEAD') return 'Flux looks for a branch of that name; write the branch that is meant';
  return /^[vV=<>!|]*\d+(\.(\d+|[xX]))*$/.test(revision) && !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision)
    ? 'Argo CD takes it for a version, and looks for the newest that matches; write `refs/tags/…` or `refs/heads/…`'
    : undefined;
}
