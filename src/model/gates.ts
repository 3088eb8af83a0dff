import { durationSeconds } from './duration.ts';
import type { Environment } from './environment.ts';
import { isObject, type Json, type JsonObject, objectOr } from './json.ts';
import type { GateDefinition, GateMeasure, PrometheusServer } from './rollout.ts';

const defaultWindow = 600;
const defaultMinSamples = 100;

/** The gates of an environment with every default in place, in the order written. One whose measure is not known is left out: a rule reports it. */
export function gatesOf({ value }: Pick<Environment, 'value'>): readonly GateDefinition[] {
  return Object.entries(objectOr(value.gates)).flatMap(([name, words]) => {
    const gate = isObject(words) ? gateOf(name, words, objectOr(value.prometheus)) : undefined;
    return gate === undefined ? [] : [gate];
  });
}

function gateOf(name: string, words: JsonObject, servers: JsonObject): GateDefinition | undefined {
  const measure = measureOf(name, words);
  if (measure === undefined) return undefined;
  const over = durationSeconds(words.over) ?? defaultWindow;
  const maxAge = durationSeconds(words.maxAge);
  const min = bound(words.min, measure);
  const max = bound(words.max, measure);
  const provider = typeof words.prometheus === 'string' ? words.prometheus : 'default';
  return {
    name,
    provider,
    measure,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    compare: words.compare === 'stable' ? 'stable' : 'absolute',
    tolerance: bound(words.tolerance, measure) ?? 0,
    over,
    minSamples: typeof words.minSamples === 'number' ? words.minSamples : defaultMinSamples,
    ...(maxAge === undefined ? {} : { maxAge }),
    ...labelsOf({ ...objectOr(objectOr(servers[provider]).labels), ...objectOr(words.labels) }),
    warmUp: durationSeconds(words.warmUp) ?? over,
  };
}

/** What a gate measures: its own query, what it says, or what its name says. Undefined where neither is known. */
export function measureOf(name: string, { query, samples, measure, observedShare }: JsonObject): GateMeasure | undefined {
  if (typeof query === 'string') return { kind: 'query', query, ...(typeof samples === 'string' ? { samples } : {}) };
  if (observedShare === true) return { kind: 'observed-share' };
  const said = typeof measure === 'string' ? measure : name;
  if (said === 'success-rate' || said === 'request-volume' || said === 'observed-share') return { kind: said };
  // p99 is 0.99, p999 is 0.999.
  const [, digits] = /^latency-p(\d{2,4})$/.exec(said) ?? [];
  return digits === undefined || Number(digits) === 0 ? undefined : { kind: 'latency', quantile: Number(`0.${digits}`) };
}

/** In the measure's unit; a duration is told in milliseconds. */
function bound(written: Json | undefined, measure: GateMeasure): number | undefined {
  if (typeof written === 'number') return written;
  const seconds = durationSeconds(written);
  if (seconds === undefined) return undefined;
  return measure.kind === 'query' ? seconds : Math.round(seconds * 1000);
}

/** The Prometheus servers of an environment, in the order written. One without a `url` is left out: a rule reports it. */
export function prometheusServersOf({ value }: Pick<Environment, 'value'>): readonly PrometheusServer[] {
  return Object.entries(objectOr(value.prometheus)).flatMap(([name, server]) => {
    const { url, tokenEnv, labels } = objectOr(server);
    return typeof url === 'string' ? [{ name, url, ...(typeof tokenEnv === 'string' ? { tokenEnv } : {}), ...labelsOf(labels) }] : [];
  });
}

function labelsOf(written: Json | undefined): { readonly labels?: Readonly<Record<string, string>> } {
  const labels: Record<string, string> = {};
  for (const [name, value] of Object.entries(objectOr(written))) if (typeof value === 'string') labels[name] = value;
  return Object.keys(labels).length === 0 ? {} : { labels };
}
