import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import type { GateDefinition, PrometheusServer, RolloutStep, Seconds } from '../../model/rollout.ts';
import { serverUrlFault, tokenVariableFault } from '../../model/server-url.ts';
import type { Place } from '../../model/source.ts';
import { variablesOf } from './bind-query.ts';
import {
  gateHasBound,
  gateHasStable,
  gateQueryAggregates,
  gateQueryBounded,
  gateQueryPinsVersion,
  gateQueryWithoutThreshold,
  gateWindowInStep,
  gateWindowOverScrapes,
  metricsServerSafe,
  metricsTokenSafe,
} from './gate-diagnostics.ts';
import { promDuration } from './promql-text.ts';
import { comparisonOf, heaviestRange, isAggregated } from './query-shape.ts';

/** Where a word of a gate or a server is written, or would be. */
export type PlaceOf = (key: string) => Place | undefined;

/** What is wrong with a gate whatever it is asked about. */
export function lintGate(definition: GateDefinition, at: PlaceOf): readonly Diagnostic[] {
  const { name: gate, measure, min, max, over, maxAge } = definition;
  const found: Diagnostic[] = [];
  const openEnded = min === undefined && max === undefined;
  if (measure.kind !== 'observed-share' && (openEnded || (min ?? Number.NEGATIVE_INFINITY) > (max ?? Number.POSITIVE_INFINITY))) {
    found.push(diagnose(gateHasBound, { params: { gate }, at: at(min === undefined ? 'max' : 'min') }));
  }
  const needed = maxAge === undefined ? 60 : 2 * maxAge;
  if (over < needed && measure.kind !== 'query')
    found.push(
      diagnose(gateWindowOverScrapes, { params: { gate, over: promDuration(over), needed: promDuration(needed) }, at: at('over') }),
    );
  return measure.kind === 'query' ? [...found, ...lintQuery(gate, measure.query, at)] : found;
}

/** What is wrong with a gate at a step of a plan. */
export function lintGateAtStep(
  { name: gate, compare, measure, over, warmUp }: GateDefinition,
  { percent, soak }: RolloutStep,
  at: PlaceOf,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (compare === 'stable' && measure.kind !== 'observed-share' && percent === 100)
    found.push(diagnose(gateHasStable, { params: { gate, percent }, at: at('compare') }));
  const live: Seconds = Math.max(soak, warmUp);
  if (over > live && measure.kind !== 'observed-share') {
    const params = {
      gate,
      over: promDuration(over),
      live: durationOrNothing(live),
      soak: durationOrNothing(soak),
      warmUp: durationOrNothing(warmUp),
    };
    found.push(diagnose(gateWindowInStep, { params, at: at('over') }));
  }
  return found;
}

/** What makes a metrics server one that must not be asked. */
export function lintServer({ name, url, tokenEnv }: PrometheusServer, at: PlaceOf): readonly Diagnostic[] {
  const address = serverUrlFault(url);
  const variable = tokenEnv === undefined ? undefined : tokenVariableFault(tokenEnv);
  return [
    ...(address === undefined ? [] : [diagnose(metricsServerSafe, { params: { server: name, fault: address }, at: at('url') })]),
    ...(variable === undefined
      ? []
      : [diagnose(metricsTokenSafe, { params: { server: name, variable: tokenEnv ?? '', fault: variable }, at: at('tokenEnv') })]),
  ];
}

function lintQuery(gate: string, query: string, at: PlaceOf): readonly Diagnostic[] {
  const heavy = heaviestRange(query);
  const operator = comparisonOf(query);
  return [
    ...(heavy === undefined ? [] : [diagnose(gateQueryBounded, { params: { gate, ...heavy }, at: at('query') })]),
    ...(isAggregated(query) ? [] : [diagnose(gateQueryAggregates, { params: { gate }, at: at('query') })]),
    ...(variablesOf(query).includes('version') ? [] : [diagnose(gateQueryPinsVersion, { params: { gate }, at: at('query') })]),
    ...(operator === undefined ? [] : [diagnose(gateQueryWithoutThreshold, { params: { gate, operator }, at: at('query') })]),
  ];
}

function durationOrNothing(seconds: Seconds): string {
  return seconds === 0 ? '0s' : promDuration(seconds);
}
