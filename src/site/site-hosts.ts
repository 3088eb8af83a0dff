import { qualifiedHost } from '../istio/host.ts';
import type { Environment } from '../model/environment.ts';
import type { Intent } from '../model/intent.ts';
import { externalWords, serviceWords } from '../model/words.ts';

/** Names that requests to an intent use: of a service its fully qualified one, of an external its hosts. */
export function siteHosts({ namespace: home = 'default', clusterDomain }: Environment, intent: Intent): readonly string[] {
  if (intent.kind === 'external') return externalWords(intent).hosts ?? [];
  if (intent.kind !== 'service') return [];
  const { host = intent.name, namespace = home } = serviceWords(intent);
  return [qualifiedHost(host, namespace, clusterDomain)];
}

/** The first port that an intent names. */
export function sitePort(intent: Intent): number | undefined {
  const [first] = Object.entries(serviceWords(intent).ports ?? {});
  if (first === undefined) return undefined;
  const [key, { number }] = first;
  return number ?? (/^\d+$/.test(key) ? Number(key) : undefined);
}
