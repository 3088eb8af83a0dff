import { isList, isObject, type Json } from '../model/json.ts';
import type { MetricAnswer, MetricFailure, RangeAnswer, RangeSample } from '../model/measurement.ts';

/** What a reply says, with more for a person where it says nothing that can be used. */
export interface Reading {
  readonly answer: MetricAnswer;
  readonly note?: string;
}

/**
 * The one number of a reply to an instant query; anything else says what it is instead.
 * https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function readInstant(status: number, body: string, at: number): Reading {
  const data = readData(status, body);
  if ('answer' in data) return data;
  const { resultType, result } = data;
  if (resultType === 'scalar') return readPair(result, at);
  if (resultType !== 'vector') return { answer: 'wrong-type', note: `a ${String(resultType)}` };
  if (!isList(result)) return foreign('without a result');
  if (result.length === 0) return { answer: 'empty' };
  if (result.length > 1) return { answer: 'several-series', note: `${result.length} series` };
  const [series] = result;
  if (!isObject(series) || series.value === undefined) return { answer: 'wrong-type', note: 'a histogram' };
  return readPair(series.value, at);
}

/** The values of a reply to a range query, in the order of time. */
export function readRange(status: number, body: string): RangeAnswer {
  const data = readData(status, body);
  if ('answer' in data) return typeof data.answer === 'number' ? { absence: 'wrong-type' } : absent(data.answer, data.note);
  const { resultType, result } = data;
  if (resultType !== 'matrix') return absent('wrong-type', `a ${String(resultType)}`);
  if (!isList(result)) return absent('not-a-metrics-server', 'without a result');
  if (result.length > 1) return absent('several-series', `${result.length} series`);
  const [series] = result;
  if (series === undefined) return { samples: [] };
  if (!isObject(series) || !isList(series.values)) return absent('wrong-type', 'a histogram');
  const samples = series.values.flatMap((pair): readonly RangeSample[] => {
    const at = isList(pair) ? pair[0] : undefined;
    return typeof at === 'number' ? [{ at, answer: readPair(pair, at).answer }] : [];
  });
  const ordered = samples.every(({ at }, index) => index === 0 || (samples[index - 1]?.at ?? at) < at);
  return samples.length === series.values.length && ordered ? { samples } : absent('not-a-metrics-server', 'with values out of order');
}

function absent(absence: Exclude<MetricAnswer, number>, note: string | undefined): RangeAnswer {
  return note === undefined ? { absence } : { absence, note };
}

type Data = { readonly resultType: Json | undefined; readonly result: Json | undefined };

function readData(status: number, body: string): Data | Reading {
  const json = parsed(body);
  if (!isObject(json) || (json.status !== 'success' && json.status !== 'error'))
    return { answer: withoutReply(status), note: `HTTP ${status}` };
  if (json.status === 'error') return { answer: withError(status, json.errorType), note: errorText(json.error) };
  if (status < 200 || status > 299) return { answer: withoutReply(status), note: `HTTP ${status}` };
  if (json.warnings !== undefined && !(isList(json.warnings) && json.warnings.length === 0))
    return { answer: 'warnings', note: warningText(json.warnings) };
  return isObject(json.data) ? { resultType: json.data.resultType, result: json.data.result } : foreign('without data');
}

/** `[time, "value"]`. An answer for another time is somebody's cache, and as good as none. */
function readPair(pair: Json | undefined, at: number): Reading {
  const [time, text] = isList(pair) ? pair : [];
  if (typeof time !== 'number' || typeof text !== 'string') return foreign('without a value');
  if (Math.abs(time - at) > 1) return foreign('for another time than was asked about');
  if (text === 'NaN' || text === '+Inf' || text === '-Inf') return { answer: text };
  const value = /^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) return foreign('with a value that is no number');
  return { answer: Number.isFinite(value) ? value + 0 : value > 0 ? '+Inf' : '-Inf' };
}

/** Prometheus' own errors, by `errorType`: 400 bad_data, 422 execution, 503 timeout or canceled. */
function withError(status: number, errorType: Json | undefined): MetricFailure {
  if (errorType === 'timeout') return 'timeout';
  if (errorType === 'bad_data' || errorType === 'execution' || status === 400 || status === 422) return 'query-refused';
  return status === 401 || status === 403 ? 'unauthorized' : 'unavailable';
}

/** A status from something in front of Prometheus. */
function withoutReply(status: number): MetricFailure {
  if (status === 401 || status === 403) return 'unauthorized';
  return status === 429 || status >= 500 ? 'unavailable' : 'not-a-metrics-server';
}

function foreign(note: string): Reading {
  return { answer: 'not-a-metrics-server', note };
}

function errorText(error: Json | undefined): string {
  return typeof error === 'string' ? error : 'without a text';
}

function warningText(warnings: Json): string {
  return isList(warnings) ? warnings.filter((one) => typeof one === 'string').join('; ') : 'without a text';
}

function parsed(body: string): Json | undefined {
  try {
    const json: Json = JSON.parse(body);
    return json;
  } catch {
    return undefined;
  }
}
