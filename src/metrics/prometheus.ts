import type { Measurement, MetricQuery, MetricsSource, RangeAnswer, RangeQuery } from '../model/measurement.ts';
import type { PrometheusServer } from '../model/rollout.ts';
import { serverUrlFault, tokenVariableFault } from '../model/server-url.ts';
import { inTurns } from './in-turns.ts';
import { type Reading, readInstant, readRange } from './prometheus-answer.ts';
import { postForm, type Reply, type RequestLimits } from './prometheus-request.ts';

/** What a source is given by its surroundings. */
export interface MetricsOptions {
  /** Variables of the environment, for tokens. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Whether the server's clock is compared with the time that is asked about; not where that was given by hand. */
  readonly compareClocks: boolean;
  readonly limits?: Partial<RequestLimits>;
  /** Sends requests; default Node's own. */
  readonly fetch?: typeof fetch;
}

const defaultLimits: RequestLimits = { deadlineMilliseconds: 10_000, maxBytes: 4 * 1024 * 1024 };

/** How many queries a server is asked at a time. */
const atATime = 4;

/** After so many failures to get any answer, one after another, the rest is not asked: a server that is down is down for all. */
const patience = 4;

/** Prometheus, and what speaks its HTTP API: Thanos, Mimir, VictoriaMetrics. */
export function prometheus(server: PrometheusServer, options: MetricsOptions): MetricsSource {
  const ask = asker(server, options);
  const token = tokenOf(server, options);
  return {
    measure: (queries, at) =>
      inTurns(queries, atATime, async (query): Promise<Measurement> => {
        const reply = await ask('query', { query: query.query, time: seconds(at) });
        return measurement(query, at, reply, options.compareClocks, token);
      }),
    measureRange: (queries) =>
      inTurns(queries, atATime, async ({ query, start, end, step }: RangeQuery): Promise<RangeAnswer> => {
        const reply = await ask('query_range', { query, start: seconds(start), end: seconds(end), step: seconds(step) });
        const answer = 'failure' in reply ? { absence: reply.failure, note: reply.note } : readRange(reply.status, reply.body);
        return 'samples' in answer || answer.note === undefined ? answer : { ...answer, note: inert(answer.note, token) };
      }),
  };
}

type Ask = (endpoint: 'query' | 'query_range', fields: Readonly<Record<string, string>>) => Promise<Reply>;

function asker(server: PrometheusServer, options: MetricsOptions): Ask {
  const { url, tokenEnv } = server;
  const limits = { ...defaultLimits, ...options.limits };
  const token = tokenOf(server, options);
  const refusal = refusalOf(url, tokenEnv, token);
  if (refusal !== undefined) return async () => refusal;
  let silent = 0;
  return async (endpoint, fields) => {
    if (silent >= patience) return { failure: 'unreachable', note: 'not asked any more: nothing before this was answered' };
    const timeout = `${Math.max(1, Math.floor(limits.deadlineMilliseconds / 1000))}s`;
    const address = new URL(`${url.replace(/\/+$/, '')}/api/v1/${endpoint}`);
    const reply = await postForm(address, { ...fields, timeout }, token, limits, options.fetch);
    silent = 'failure' in reply && (reply.failure === 'unreachable' || reply.failure === 'timeout') ? silent + 1 : 0;
    return reply;
  };
}

function tokenOf({ tokenEnv }: PrometheusServer, { variables }: MetricsOptions): string | undefined {
  return tokenEnv === undefined ? undefined : variables[tokenEnv]?.trim();
}

/** What is wrong before anything is sent. */
function refusalOf(url: string, tokenEnv: string | undefined, token: string | undefined): Reply | undefined {
  const fault = serverUrlFault(url);
  if (fault !== undefined) return { failure: 'unreachable', note: `its url ${fault}` };
  if (tokenEnv === undefined) return undefined;
  const wrongName = tokenVariableFault(tokenEnv);
  if (wrongName !== undefined) return { failure: 'unauthorized', note: `${tokenEnv} ${wrongName}` };
  if (token === undefined || token === '') return { failure: 'unauthorized', note: `${tokenEnv} is not set` };
  return /^[\x21-\x7e]+$/.test(token) ? undefined : { failure: 'unauthorized', note: `${tokenEnv} holds what cannot be a token` };
}

function measurement(query: MetricQuery, at: number, reply: Reply, compareClocks: boolean, token: string | undefined): Measurement {
  if ('failure' in reply) return { ...query, answer: reply.failure, note: inert(reply.note, token) };
  const { answer, note }: Reading = readInstant(reply.status, reply.body, at);
  return {
    ...query,
    answer,
    ...(note === undefined ? {} : { note: inert(note, token) }),
    ...(reply.serverTime === undefined || !compareClocks ? {} : { serverTime: reply.serverTime }),
  };
}

/** Words of a server, fit to be shown: one short line, without the token even where the server sends it back. */
function inert(note: string, token: string | undefined): string {
  const masked = token === undefined || token === '' ? note : note.replaceAll(token, '***');
  const line = masked.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** Milliseconds are the finest that Prometheus knows; never `1e21`. */
function seconds(value: number): string {
  return value.toFixed(3).replace(/\.?0+$/, '');
}
