import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import type { Environment } from '../../model/environment.ts';
import { gatesOf, prometheusServersOf } from '../../model/gates.ts';
import { type Intent, originOf } from '../../model/intent.ts';
import { joinPointer } from '../../model/pointer.ts';
import type { ResolvedIntent } from '../../model/resolved.ts';
import type { GateDefinition } from '../../model/rollout.ts';
import { rolloutPlanOf } from '../../model/rollout-plan.ts';
import type { Address } from '../../model/source.ts';
import { gateMeasuresProtocol, gateSubsetHasVersion } from './gate-diagnostics.ts';
import { gateQueries } from './gate-queries.ts';
import { lintGate, lintGateAtStep, lintServer } from './lint-gate.ts';

export interface GatedEnvironment {
  readonly environment: Environment;
  readonly intents: readonly Intent[];
  /** Empty where resolution found errors: what versions and protocols there are is not asked then. */
  readonly resolved: readonly ResolvedIntent[];
}

/** What is wrong with an environment's gates and metrics servers, and with gates where plans ask them; each fault once, where it is written. */
export function lintGates({ environment, intents, resolved }: GatedEnvironment): readonly Diagnostic[] {
  const at = (word: 'gates' | 'prometheus', name: string, key: string) =>
    originOf(environment, `${joinPointer(`/${word}`, name)}/${key}`).at;
  const gates = gatesOf(environment);
  const servers = prometheusServersOf(environment).flatMap((server) => lintServer(server, (key) => at('prometheus', server.name, key)));
  if (gates.length === 0) return servers;
  const placeIn = (gate: GateDefinition) => (key: string) => at('gates', gate.name, key);
  const own = gates.flatMap((gate) => [...lintGate(gate, placeIn(gate)), ...unbound(gate, placeIn(gate)('query'))]);
  const services = new Map(resolved.map((one) => [one.intent, one]));
  const planned = intents.flatMap((intent) => {
    const steps = rolloutPlanOf({ environment }, intent)?.steps ?? [];
    const service = services.get(intent);
    return gates.flatMap((gate) => {
      const asking = steps.filter((step) => step.gates.includes(gate.name));
      if (asking.length === 0) return [];
      return [
        ...asking.flatMap((step) => lintGateAtStep(gate, step, placeIn(gate))),
        ...(service === undefined ? [] : unmeasured(gate, service)),
      ];
    });
  });
  return onceEach([...servers, ...own, ...planned]);
}

/** Faults of a query's variables do not depend on what they stand for. */
function unbound(gate: GateDefinition, at: Address | undefined): readonly Diagnostic[] {
  if (gate.measure.kind !== 'query') return [];
  const version = { version: 'v1', label: 'v1' };
  const subject = {
    environment: 'e',
    service: 's',
    host: 'h',
    namespace: 'n',
    stable: version,
    canary: version,
    percent: 1,
    hasFixedTraffic: false,
  };
  return gateQueries(gate, subject, at).diagnostics;
}

/** Versions that metrics cannot tell apart, and durations of a protocol that has none. */
function unmeasured(
  { name: gate, measure }: GateDefinition,
  { intent, destinationRules, virtualServices }: ResolvedIntent,
): readonly Diagnostic[] {
  const service = intent.name;
  if (measure.kind === 'query' && measure.samples !== undefined) return [];
  const subsets = destinationRules.flatMap((rule) => rule.subsets).filter(({ labels }) => typeof labels.value.version !== 'string');
  const isTcp = virtualServices.some(({ tcp }) => tcp.length > 0) && virtualServices.every(({ http }) => http.length === 0);
  return [
    ...subsets.map(({ name, labels }) =>
      diagnose(gateSubsetHasVersion, { params: { gate, service, version: name.value }, at: labels.origin.at ?? name.origin.at }),
    ),
    ...(isTcp && measure.kind === 'latency'
      ? [diagnose(gateMeasuresProtocol, { params: { gate, service }, at: originOf(intent, '/rollout').at })]
      : []),
  ];
}

/** Plans that many services share find the same fault many times. */
function onceEach(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(found.map((one) => [JSON.stringify([one.code, one.message, one.at]), one])).values()];
}
