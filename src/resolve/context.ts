import { type Diagnostic, type DiagnosticDefinition, type DiagnosticDetails, diagnose } from '../model/diagnostic.ts';
import type { Environment, LoadedEnvironment } from '../model/environment.ts';
import type { Intent } from '../model/intent.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { gatewayWords } from '../model/words.ts';
import { type GatewayTarget, gatewayTarget } from './gateway-target.ts';
import { type IntentIndex, indexIntents } from './index-intents.ts';
import { type ExternalTarget, externalTarget, type ServiceTarget, serviceTarget } from './service.ts';
import { indexWorkloads, type WorkloadIndex } from './workload-index.ts';

/** What the intents of an environment are for each other: all that is looked up when one of them is resolved. */
export interface ResolveWorld {
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
  /** Whether a gateway's shared host lists name a service. */
  readonly shares: (gateway: Intent, service: Intent) => boolean;
}

/** The same for one who has something to say of what he sees. */
export interface ResolveContext extends ResolveWorld {
  readonly report: <P>(definition: DiagnosticDefinition<P>, details: DiagnosticDetails<P>) => void;
}

/** What was made of an intent, with what there is to say of it. */
export interface Told<Value> {
  readonly value: Value;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is worked out with a context; its findings are kept beside it. */
export function told<Value>(world: ResolveWorld, work: (context: ResolveContext) => Value): Told<Value> {
  const diagnostics: Diagnostic[] = [];
  const value = work({ ...world, report: (definition, details) => diagnostics.push(diagnose(definition, details)) });
  return { value, diagnostics };
}

export function resolveWorld({ environment, intents, registry }: LoadedEnvironment): ResolveWorld {
  const index = indexIntents(environment, intents);
  const service = (intent: Intent) => serviceIn(environment)(intent).value;
  const shared = rememberedFor((gateway: Intent) => sharedServices(index, gateway));
  let sharers: ReadonlyMap<Intent, readonly Intent[]> | undefined;
  let byHost: ReadonlyMap<string, ServiceTarget> | undefined;
  return {
    index,
    environment,
    workloads: indexWorkloads(registry),
    service,
    external: (intent) => externalIn(environment)(intent).value,
    serviceOfHost: (fqdn) => {
      byHost ??= new Map(intents.filter(({ kind }) => kind === 'service').map((intent) => [service(intent).fqdn, service(intent)]));
      return byHost.get(fqdn);
    },
    gateway: gatewayIn(environment),
    sharing: (one) => {
      sharers ??= gatewaysByService(index.gateways, shared);
      return sharers.get(one) ?? [];
    },
    shares: (gateway, one) => shared(gateway).has(one),
  };
}

/** What there is to say of an intent's own ports. */
export function targetFindings(environment: Environment, intent: Intent): readonly Diagnostic[] {
  if (intent.kind === 'service') return serviceIn(environment)(intent).diagnostics;
  return intent.kind === 'external' ? externalIn(environment)(intent).diagnostics : [];
}

/** As others see them, intents are the same whatever stands beside them. */
const serviceIn = rememberedFor((environment: Environment) =>
  rememberedFor((intent: Intent) => collected(environment, intent, serviceTarget)),
);
const externalIn = rememberedFor((environment: Environment) =>
  rememberedFor((intent: Intent) => collected(environment, intent, externalTarget)),
);
const gatewayIn = rememberedFor((environment: Environment) => rememberedFor((intent: Intent) => gatewayTarget(environment, intent)));

function collected<Value>(
  environment: Environment,
  intent: Intent,
  target: (environment: Environment, intent: Intent, diagnostics: Diagnostic[]) => Value,
): Told<Value> {
  const diagnostics: Diagnostic[] = [];
  return { value: target(environment, intent, diagnostics), diagnostics };
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
