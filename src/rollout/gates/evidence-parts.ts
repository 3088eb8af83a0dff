import { isObject, type Json } from '../../model/json.ts';
import type { GateDefinition, GateMeasure, GateSubject, GateVersion } from '../../model/rollout.ts';

/** The definition in recorded evidence; undefined where it is none. Only what it is made of is taken over. */
export function readDefinition(json: Json | undefined): GateDefinition | undefined {
  if (!isObject(json)) return undefined;
  const { name, provider, min, max, compare, tolerance, over, minSamples, maxAge, warmUp } = json;
  const measure = readMeasure(json.measure);
  const labels = readLabels(json.labels);
  if (typeof name !== 'string' || typeof provider !== 'string' || measure === undefined || labels === undefined) return undefined;
  if (compare !== 'absolute' && compare !== 'stable') return undefined;
  if (typeof tolerance !== 'number' || typeof over !== 'number' || typeof minSamples !== 'number' || typeof warmUp !== 'number')
    return undefined;
  if (!isOptionalNumber(min) || !isOptionalNumber(max) || !isOptionalNumber(maxAge)) return undefined;
  return {
    name,
    provider,
    measure,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    compare,
    tolerance,
    over,
    minSamples,
    ...(maxAge === undefined ? {} : { maxAge }),
    ...(json.labels === undefined ? {} : { labels }),
    warmUp,
  };
}

/** The subject in recorded evidence; undefined where it is none. */
export function readSubject(json: Json | undefined): GateSubject | undefined {
  if (!isObject(json)) return undefined;
  const { environment, service, host, namespace, percent, previousPercent, mirror, hasFixedTraffic, protocol, liveSince } = json;
  const [stable, canary] = [readVersion(json.stable), readVersion(json.canary)];
  if (typeof environment !== 'string' || typeof service !== 'string' || typeof host !== 'string' || typeof namespace !== 'string')
    return undefined;
  if (stable === undefined || canary === undefined || typeof percent !== 'number' || typeof hasFixedTraffic !== 'boolean') return undefined;
  if (!isOptionalNumber(previousPercent) || !isOptionalNumber(mirror) || !isOptionalNumber(liveSince)) return undefined;
  if (protocol !== undefined && protocol !== 'http' && protocol !== 'tcp') return undefined;
  return {
    environment,
    service,
    host,
    namespace,
    stable,
    canary,
    percent,
    ...(previousPercent === undefined ? {} : { previousPercent }),
    ...(mirror === undefined ? {} : { mirror }),
    hasFixedTraffic,
    ...(protocol === undefined ? {} : { protocol }),
    ...(liveSince === undefined ? {} : { liveSince }),
  };
}

function readVersion(json: Json | undefined): GateVersion | undefined {
  if (!isObject(json)) return undefined;
  const { version, label, revision } = json;
  if (typeof version !== 'string' || !isOptionalText(label) || !isOptionalText(revision)) return undefined;
  return { version, ...(label === undefined ? {} : { label }), ...(revision === undefined ? {} : { revision }) };
}

function readMeasure(json: Json | undefined): GateMeasure | undefined {
  if (!isObject(json)) return undefined;
  const { kind, quantile, query, samples } = json;
  switch (kind) {
    case 'success-rate':
    case 'request-volume':
    case 'observed-share':
      return { kind };
    case 'latency':
      return typeof quantile === 'number' ? { kind, quantile } : undefined;
    case 'query':
      return typeof query === 'string' && isOptionalText(samples)
        ? { kind, query, ...(samples === undefined ? {} : { samples }) }
        : undefined;
    default:
      return undefined;
  }
}

function readLabels(json: Json | undefined): Readonly<Record<string, string>> | undefined {
  if (json === undefined) return {};
  if (!isObject(json)) return undefined;
  const entries = Object.entries(json).flatMap(([label, value]) => (typeof value === 'string' ? [[label, value] as const] : []));
  return entries.length === Object.keys(json).length ? Object.fromEntries(entries) : undefined;
}

function isOptionalNumber(json: Json | undefined): json is number | undefined {
  return json === undefined || typeof json === 'number';
}

function isOptionalText(json: Json | undefined): json is string | undefined {
  return json === undefined || typeof json === 'string';
}
