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

/** What is wrong with a gate whatever it is asked about. */
export function lintGate(definition: GateDefinition, at?: Place): readonly Diagnostic[] {
  const { name: gate, measure, min, max, over, maxAge } = definition;
  const found: Diagnostic[] = [];
  const openEnded = min === undefined && max === undefined;
  if (measure.kind !== 'observed-share' && (openEnded || (min ?? Number.NEGATIVE_INFINITY) > (max ?? Number.POSITIVE_INFINITY))) {
    found.push(diagnose(gateHasBound, { params: { gate }, at }));
  }
  const needed = maxAge === undefined ? 60 : 2 * maxAge;
  if (over < needed && measure.kind !== 'query')
    found.push(diagnose(gateWindowOverScrapes, { params: { gate, over: promDuration(over), needed: promDuration(needed) }, at }));
  return measure.kind === 'query' ? [...found, ...lintQuery(gate, measure.query, at)] : found;
}

/** What is wrong with a gate at a step of a plan. */
export function lintGateAtStep(
  { name: gate, compare, measure, over, warmUp }: GateDefinition,
  { percent, soak }: RolloutStep,
  at?: Place,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (compare === 'stable' && measure.kind !== 'observed-share' && percent === 100)
    found.push(diagnose(gateHasStable, { params: { gate, percent }, at }));
  const live: Seconds = Math.max(soak, warmUp);
  if (over > live && measure.kind !== 'observed-share') {
    const params = {
      gate,
      over: promDuration(over),
      live: durationOrNothing(live),
      soak: durationOrNothing(soak),
      warmUp: durationOrNothing(warmUp),
    };
    found.push(diagnose(gateWindowInStep, { params, at }));
  }
  return found;
}

/** What makes a metrics server one that must not be asked. */
export function lintServer({ name, url, tokenEnv }: PrometheusServer, at?: Place): readonly Diagnostic[] {
  const address = serverUrlFault(url);
  const variable = tokenEnv === undefined ? undefined : tokenVariableFault(tokenEnv);
  return [
    ...(address === undefined ? [] : [diagnose(metricsServerSafe, { params: { server: name, fault: address }, at })]),
    ...(variable === undefined
      ? []
      : [diagnose(metricsTokenSafe, { params: { server: name, variable: tokenEnv ?? '', fault: variable }, at })]),
  ];
}

function lintQuery(gate: string, query: string, at: Place | undefined): readonly Diagnostic[] {
  const heavy = heaviestRange(query);
  const operator = comparisonOf(query);
  return [
    ...(heavy === undefined ? [] : [diagnose(gateQueryBounded, { params: { gate, ...heavy }, at })]),
    ...(isAggregated(query) ? [] : [diagnose(gateQueryAggregates, { params: { gate }, at })]),
    ...(variablesOf(query).includes('version') ? [] : [diagnose(gateQueryPinsVersion, { params: { gate }, at })]),
    ...(operator === undefined ? [] : [diagnose(gateQueryWithoutThreshold, { params: { gate, operator }, at })]),
  ];
}

function durationOrNothing(seconds: Seconds): string {
  return seconds === 0 ? '0s' : promDuration(seconds);
}
