import { type Diagnostic, type DiagnosticDefinition, type DiagnosticDetails, diagnose } from '../model/diagnostic.ts';
import type { Environment, Registry } from '../model/environment.ts';
import type { Intent } from '../model/intent.ts';
import { gatewayWords } from '../model/words.ts';
import { type GatewayTarget, gatewayTarget } from './gateway-target.ts';
import type { IntentIndex } from './index-intents.ts';
import { type ExternalTarget, externalTarget, type ServiceTarget, serviceTarget } from './service.ts';
import { indexWorkloads, type WorkloadIndex } from './workload-index.ts';

/** What every part of resolution shares: the index, each intent's target (worked out once), and where findings go. */
export interface ResolveContext {
  readonly index: IntentIndex;
  readonly environment: Environment;
  readonly workloads: WorkloadIndex;
  readonly service: (intent: Intent) => ServiceTarget;
  readonly external: (intent: Intent) => ExternalTarget | undefined;
  /** The service whose host this fully qualified name is. */
  readonly serviceOfHost: (fqdn: string) => ServiceTarget | undefined;
  readonly gateway: (intent: Intent) => GatewayTarget;
  /** The gateways whose shared host lists name a service. */
  readonly sharing: (service: Intent) => readonly Intent[];
  /** The services that a gateway's shared host lists name. */
  readonly sharedOn: (gateway: Intent) => ReadonlySet<Intent>;
  readonly report: <P>(definition: DiagnosticDefinition<P>, details: DiagnosticDetails<P>) => void;
}

export function createContext(index: IntentIndex, registry: Registry, diagnostics: Diagnostic[]): ResolveContext {
  const services = new Map<Intent, ServiceTarget>();
  const externals = new Map<Intent, ExternalTarget | undefined>();
  // One mistake in a shared part (a service that many routes lead to) is one finding.
  const seen = new Set<string>();
  const service = (intent: Intent) => remember(services, intent, () => serviceTarget(index, intent, diagnostics));
  const shared = new Map<Intent, ReadonlySet<Intent>>();
  const sharedOn = (gateway: Intent) => remember(shared, gateway, () => sharedServices(index, gateway));
  const gateways = new Map<Intent, GatewayTarget>();
  let sharers: ReadonlyMap<Intent, readonly Intent[]> | undefined;
  let byHost: ReadonlyMap<string, ServiceTarget> | undefined;
  return {
    index,
    environment: index.environment,
    workloads: indexWorkloads(registry),
    service,
    serviceOfHost: (fqdn) => {
      byHost ??= new Map(index.all.filter((intent) => intent.kind === 'service').map((intent) => [service(intent).fqdn, service(intent)]));
      return byHost.get(fqdn);
    },
    sharedOn,
    sharing: (one) => {
      sharers ??= gatewaysByService(index.gateways, sharedOn);
      return sharers.get(one) ?? [];
    },
    gateway: (intent) => remember(gateways, intent, () => gatewayTarget(index, intent)),
    external: (intent) => remember(externals, intent, () => externalTarget(index, intent, diagnostics)),
    report: (definition, details) => {
      const diagnostic = diagnose(definition, details);
      const key = JSON.stringify([diagnostic.code, diagnostic.message, diagnostic.at]);
      if (!seen.has(key)) diagnostics.push(diagnostic);
      seen.add(key);
    },
  };
}

function sharedServices(index: IntentIndex, gateway: Intent): ReadonlySet<Intent> {
  const items = Object.values(gatewayWords(gateway).hosts ?? {}).flat();
  const services = items.map((item) => index.find('service', item.service, index.namespaceOf(gateway)));
  return new Set(services.filter((service) => service !== undefined));
}

function gatewaysByService(
  gateways: readonly Intent[],
  sharedOn: (gateway: Intent) => ReadonlySet<Intent>,
): ReadonlyMap<Intent, readonly Intent[]> {
  const byService = new Map<Intent, Intent[]>();
  for (const gateway of gateways) {
    for (const service of sharedOn(gateway)) {
      const known = byService.get(service);
      if (known === undefined) byService.set(service, [gateway]);
      else known.push(gateway);
    }
  }
  return byService;
}

function remember<V>(memory: Map<Intent, V>, intent: Intent, make: () => V): V {
  const known = memory.get(intent);
  if (known !== undefined) return known;
  const made = make();
  memory.set(intent, made);
  return made;
}
