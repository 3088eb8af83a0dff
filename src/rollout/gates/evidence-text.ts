import { isList, isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { MetricAbsence, MetricPurpose } from '../../model/measurement.ts';
import { byCodePoint } from '../../model/names.ts';
import type { GateEvidence, GateOutcome, GateReason } from '../../model/rollout.ts';
import { readDefinition, readSubject } from './evidence-parts.ts';
import { recomputeVerdict } from './judge-gate.ts';

/** Of the form that is written. A reader of an older one refuses it: it could not judge what it does not know. */
export const evidenceSchema = 1;

/** Evidence as one line of JSON, for the trailer of a commit: same evidence, same bytes. The sentence for people is left out; the numbers say it. */
export function printEvidence({ detail: _, queries, ...rest }: GateEvidence): string {
  const compact = { schema: evidenceSchema, ...rest, queries: queries.map(({ purpose, query, answer }) => [purpose, query, answer]) };
  return JSON.stringify(compact, keysInOrder);
}

function keysInOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => byCodePoint(a, b)));
}

export type ReadEvidence =
  | { readonly evidence: GateEvidence }
  /** Written by a newer release, or not evidence: what is wrong, for a person. */
  | { readonly newer: number }
  | { readonly unreadable: string };

/** What a trailer records; the verdict stays the recorded one, even where it does not follow from the numbers: see `evidenceHolds`. */
export function parseEvidence(text: string): ReadEvidence {
  const json = parsed(text);
  if (!isObject(json)) return { unreadable: 'it is not a JSON object' };
  const schema = json.schema;
  if (typeof schema === 'number' && schema > evidenceSchema) return { newer: schema };
  if (schema !== evidenceSchema) return { unreadable: 'it has no schema number' };
  const evidence = readEvidence(json);
  return evidence === undefined ? { unreadable: 'a part of it is missing or of the wrong type' } : { evidence };
}

/** Whether the recorded verdict is the one that the recorded numbers lead to. */
export function evidenceHolds(evidence: GateEvidence): boolean {
  const { outcome, reason } = recomputeVerdict(evidence);
  return outcome === evidence.outcome && reason === evidence.reason && evidence.gate === evidence.definition.name;
}

function readEvidence(json: JsonObject): GateEvidence | undefined {
  const { gate, outcome, reason, at, skew, queries } = json;
  const definition = readDefinition(json.definition);
  const subject = readSubject(json.subject);
  if (typeof gate !== 'string' || typeof at !== 'number' || !isWordOf(outcomes, outcome) || !isWordOf(reasons, reason)) return undefined;
  if (definition === undefined || subject === undefined || !isList(queries) || (skew !== undefined && typeof skew !== 'number'))
    return undefined;
  const asked = queries.map(readQuery).flatMap((one) => (one === undefined ? [] : [one]));
  if (asked.length < queries.length) return undefined;
  const recorded = { queries: asked, at, ...(skew === undefined ? {} : { skew }), definition, subject };
  return { gate, outcome, reason, detail: recomputeVerdict(recorded).detail, ...recorded };
}

function readQuery(json: Json): GateEvidence['queries'][number] | undefined {
  if (!isList(json) || json.length !== 3) return undefined;
  const [purpose, query, answer] = json;
  if (!isWordOf(purposes, purpose) || typeof query !== 'string') return undefined;
  return typeof answer === 'number' || isWordOf(absences, answer) ? { purpose, query, answer } : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    const json: Json = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}

function isWordOf<Word extends string>(words: Readonly<Record<Word, true>>, json: Json | undefined): json is Word {
  return typeof json === 'string' && Object.hasOwn(words, json);
}

const outcomes: Readonly<Record<GateOutcome, true>> = { pass: true, fail: true, inconclusive: true, error: true };

const purposes: Readonly<Record<MetricPurpose, true>> = {
  value: true,
  baseline: true,
  samples: true,
  'baseline-samples': true,
  freshness: true,
};

const absences: Readonly<Record<MetricAbsence, true>> = {
  NaN: true,
  '+Inf': true,
  '-Inf': true,
  empty: true,
  'several-series': true,
  'wrong-type': true,
  warnings: true,
  unreachable: true,
  timeout: true,
  unavailable: true,
  'query-refused': true,
  unauthorized: true,
  'not-a-metrics-server': true,
  'too-large': true,
};

const reasons: Readonly<Record<GateReason, true>> = {
  'within-bounds': true,
  'below-minimum': true,
  'above-maximum': true,
  'share-above': true,
  'share-below': true,
  'low-traffic': true,
  'warm-up': true,
  'clock-skew': true,
  stale: true,
  'no-data': true,
  'not-a-number': true,
  infinite: true,
  'too-few-samples': true,
  'no-baseline': true,
  'too-few-baseline-samples': true,
  incomplete: true,
  'several-series': true,
  'wrong-type': true,
  warnings: true,
  unreachable: true,
  timeout: true,
  unavailable: true,
  'query-refused': true,
  unauthorized: true,
  'not-a-metrics-server': true,
  'too-large': true,
};
