import { qualifiedHost } from '../istio/host.ts';
import { routeListOf } from '../istio/protocol.ts';
import type { Environment } from '../model/environment.ts';
import type { Intent } from '../model/intent.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { serviceWords } from '../model/words.ts';
import type { DeclaredService, HostPort } from './known-hosts.ts';

/** Services that intents are about: whoever writes an intent for a service says that it exists. */
export function declaredServices(environment: Environment, intents: readonly Intent[]): readonly DeclaredService[] {
  return intents.filter(({ kind }) => kind === 'service').map(declaredIn(environment));
}

const declaredIn = rememberedFor((environment: Environment) => rememberedFor((intent: Intent) => declaredService(environment, intent)));

function declaredService(environment: Environment, intent: Intent): DeclaredService {
  const home = environment.namespace ?? 'default';
  const { host = intent.name, ports, namespace = home, workload } = serviceWords(intent);
  const numbers = Object.entries(ports ?? {}).map(([key, port]): HostPort => {
    const number = port.number ?? Number(key);
    const name = port.name ?? (/^\d+$/.test(key) ? undefined : key);
    const protocol = port.protocol ?? protocolOf(name);
    return { number, ...(name === undefined ? {} : { name }), ...(protocol === undefined ? {} : { protocol }) };
  });
  return {
    host: qualifiedHost(host, namespace, environment.clusterDomain),
    namespace,
    ...(numbers.length === 0 ? {} : { ports: numbers }),
    ...(workload?.labels === undefined ? {} : { podLabels: workload.labels }),
    ...(workload?.serviceAccount === undefined ? {} : { serviceAccount: workload.serviceAccount }),
  };
}

/** What a port's name says it carries, as the Service behind the intent says it, too (Istio: config/kube/conversion.go ConvertProtocol). */
function protocolOf(name: string | undefined): string | undefined {
  const word = name?.split('-', 1)[0];
  return name === 'grpc-web' || name?.startsWith('grpc-web-') === true ? 'grpc-web' : routeListOf(word) === undefined ? undefined : word;
}
