import { qualifiedHost } from '../istio/host.ts';
import type { Environment } from '../model/environment.ts';
import type { Intent } from '../model/intent.ts';
import { serviceWords } from '../model/words.ts';
import type { DeclaredService, HostPort } from './known-hosts.ts';

/** Services that intents are about: whoever writes an intent for a service says that it exists. */
export function declaredServices(environment: Environment, intents: readonly Intent[]): readonly DeclaredService[] {
  const home = environment.namespace ?? 'default';
  return intents
    .filter(({ kind }) => kind === 'service')
    .map((intent): DeclaredService => {
      const { host = intent.name, ports, namespace = home, workload } = serviceWords(intent);
      const numbers = Object.entries(ports ?? {}).map(([key, port]): HostPort => {
        const number = port.number ?? Number(key);
        const name = port.name ?? (/^\d+$/.test(key) ? undefined : key);
        return { number, ...(name === undefined ? {} : { name }), ...(port.protocol === undefined ? {} : { protocol: port.protocol }) };
      });
      return {
        host: qualifiedHost(host, namespace, environment.clusterDomain),
        namespace,
        ...(numbers.length === 0 ? {} : { ports: numbers }),
        ...(workload?.labels === undefined ? {} : { podLabels: workload.labels }),
        ...(workload?.serviceAccount === undefined ? {} : { serviceAccount: workload.serviceAccount }),
      };
    });
}
