/**
 * Why a metrics server's address must not be asked; undefined where it may. Only https, so that the token and the answer that a rollout
 * rests on are safe on their way; plain http on the machine itself.
 */
export function serverUrlFault(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not a URL';
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username !== '' || password !== '') return 'has a user name or password in it';
  if (search !== '' || hash !== '') return 'has a query or a fragment';
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return undefined;
  return protocol === 'http:' ? 'is plain http' : 'is neither https nor http';
}

/**
 * Why a variable of the environment must not be sent as the token of a metrics server. Intents name both the variable and the server, so a
 * name that is free would let whoever writes an intent send any secret of the run, such as the forge's token, to a server of their own.
 */
export function tokenVariableFault(name: string): string | undefined {
  return /^PROM[A-Z0-9_]*$/.test(name) ? undefined : 'does not begin with `PROM`, in capital letters, digits and `_`';
}

/** 127.0.0.0/8, ::1 and localhost: the only hosts that are spoken to without TLS. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.[0-9]+){3}$/.test(hostname);
}
