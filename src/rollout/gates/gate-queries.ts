import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import type { MetricQuery } from '../../model/measurement.ts';
import { didYouMean } from '../../model/names.ts';
import { type Result, success } from '../../model/result.ts';
import type { GateDefinition, GateSubject } from '../../model/rollout.ts';
import type { Place } from '../../model/source.ts';
import { type BindingFault, type BoundValue, bindQuery } from './bind-query.ts';
import { builtinQueries, oldestQuery, trafficQueries } from './builtin-queries.ts';
import { gateMeasuresProtocol, gateQueryReadable, gateSubsetHasVersion, gateVariableKnown, gateVariablePlace } from './gate-diagnostics.ts';
import { readsOf } from './query-reads.ts';

/**
 * What has to be asked for a verdict: the value, how many requests it is made of, how fresh they are, and the same of the stable version
 * where the gate compares. `at` is where the gate is defined, for findings. `judgeGate` wants exactly these answered.
 */
export function gateQueries(definition: GateDefinition, subject: GateSubject, at?: Place): Result<readonly MetricQuery[]> {
  const { measure } = definition;
  const needed = measure.kind === 'query' && measure.samples !== undefined ? [] : unlabelled(definition, subject, at);
  if (needed.length > 0) return { value: undefined, diagnostics: needed };
  if (measure.kind === 'query') return customQueries(definition, measure, subject, at);
  if (measure.kind === 'latency' && subject.protocol === 'tcp') {
    return {
      value: undefined,
      diagnostics: [diagnose(gateMeasuresProtocol, { params: { gate: definition.name, service: subject.service }, at })],
    };
  }
  return success(builtinQueries(definition, subject));
}

/** Names that a custom query can use. */
export const gateVariables = ['version', 'stable', 'service', 'host', 'namespace', 'environment', 'percent', 'over'] as const;

function unlabelled({ name }: GateDefinition, { service, canary, stable }: GateSubject, at: Place | undefined): readonly Diagnostic[] {
  return [canary, stable]
    .filter(({ label = '' }) => label === '')
    .map(({ version }) => diagnose(gateSubsetHasVersion, { params: { gate: name, service, version }, at }));
}

function customQueries(
  definition: GateDefinition,
  { query, samples }: { readonly query: string; readonly samples?: string },
  subject: GateSubject,
  at: Place | undefined,
): Result<readonly MetricQuery[]> {
  const asked: {
    readonly purpose: MetricQuery['purpose'];
    readonly text: string;
    readonly values: Readonly<Record<string, BoundValue>>;
  }[] = [];
  const canary = valuesFor(definition, subject, subject.canary);
  const stable = valuesFor(definition, subject, subject.stable);
  const compares = definition.compare === 'stable';
  asked.push({ purpose: 'value', text: query, values: canary });
  if (compares) asked.push({ purpose: 'baseline', text: query, values: stable });
  if (samples !== undefined) asked.push({ purpose: 'samples', text: samples, values: canary });
  if (samples !== undefined && compares) asked.push({ purpose: 'baseline-samples', text: samples, values: stable });
  const bound = asked.map(({ purpose, text, values }) => ({ purpose, text, ...bindQuery(text, values) }));
  const faults = bound.flatMap((one) => ('fault' in one ? [faultFinding(definition.name, one.text, one.fault, at)] : []));
  if (faults.length > 0) return { value: undefined, diagnostics: faults.slice(0, 1) };
  const queries = bound.flatMap((one): readonly MetricQuery[] => ('fault' in one ? [] : [{ purpose: one.purpose, query: one.query }]));
  return success([...queries, ...supportFor(definition, subject, queries)]);
}

/** The canary's requests count the samples of a query that does not; freshness is of what the query itself reads. */
function supportFor(definition: GateDefinition, subject: GateSubject, queries: readonly MetricQuery[]): readonly MetricQuery[] {
  const reads = readsOf(queries.find(({ purpose }) => purpose === 'value')?.query ?? '');
  const own = reads.length === 0 ? [] : [oldestQuery(reads, definition)];
  if (definition.measure.kind === 'query' && definition.measure.samples !== undefined) return own;
  const traffic = trafficQueries(definition, subject).filter(({ purpose }) => purpose === 'samples' || own.length === 0);
  const baseline =
    definition.compare === 'stable' ? trafficQueries(definition, subject, 'stable').filter(({ purpose }) => purpose === 'samples') : [];
  return [...own, ...traffic, ...baseline.map(({ query }): MetricQuery => ({ purpose: 'baseline-samples', query }))];
}

function valuesFor(
  definition: GateDefinition,
  subject: GateSubject,
  version: GateSubject['canary'],
): Readonly<Record<(typeof gateVariables)[number], BoundValue>> {
  return {
    version: { text: version.label ?? version.version },
    stable: { text: subject.stable.label ?? subject.stable.version },
    service: { text: subject.service },
    host: { text: subject.host },
    namespace: { text: subject.namespace },
    environment: { text: subject.environment },
    percent: { number: subject.percent },
    over: { seconds: definition.over },
  };
}

function faultFinding(gate: string, query: string, fault: BindingFault, at: Place | undefined): Diagnostic {
  switch (fault.kind) {
    case 'unreadable':
      return diagnose(gateQueryReadable, { params: { gate, text: query.slice(fault.at, fault.at + 20) }, at });
    case 'unknown-variable':
      return diagnose(gateVariableKnown, {
        params: { gate, variable: fault.variable, known: gateVariables },
        at,
        hints: didYouMean(fault.variable, gateVariables),
      });
    case 'place':
      return diagnose(gateVariablePlace, { params: { gate, variable: fault.variable, expected: fault.expected }, at });
  }
}
