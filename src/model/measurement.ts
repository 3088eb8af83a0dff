/** What is asked of a metrics server, and what it answers, whatever server it is. */

/** What a gate needs an answer for. */
export type MetricPurpose =
  /** The measure, of the canary. */
  | 'value'
  /** The same, of the stable version. */
  | 'baseline'
  /** How many requests the value is made of. */
  | 'samples'
  | 'baseline-samples'
  /** Seconds since the newest sample of what the value is made of. */
  | 'freshness';

export interface MetricQuery {
  readonly purpose: MetricPurpose;
  /** In the server's language; resolved, nothing in it is still to be bound. */
  readonly query: string;
}

/**
 * One finite number, or why there is none. There is no third case: what is not exactly one number of exactly one series says so.
 * Words are recorded in commits and never change their meaning.
 */
export type MetricAnswer = number | MetricAbsence;

export type MetricAbsence = 'NaN' | '+Inf' | '-Inf' | MetricShape | MetricFailure;

/** The server answered, but not with one number. */
export type MetricShape = 'empty' | 'several-series' | 'wrong-type' | 'warnings';

/** The server did not answer, or not as a metrics server. */
export type MetricFailure =
  | 'unreachable'
  | 'timeout'
  /** 5xx, 429. */
  | 'unavailable'
  /** The query is wrong, or asks for too much: 400, 422. */
  | 'query-refused'
  /** 401, 403, or the variable of the token is not set. */
  | 'unauthorized'
  /** HTML, other JSON, a redirect. */
  | 'not-a-metrics-server'
  | 'too-large';

export interface Measurement extends MetricQuery {
  readonly answer: MetricAnswer;
  /** More for a person, in the server's words; not recorded. */
  readonly note?: string;
  /** The server's own clock when it answered, seconds since 1970. */
  readonly serverTime?: number;
}

/** One value of a range: what a query would have answered at that time. */
export interface RangeSample {
  /** Seconds since 1970. */
  readonly at: number;
  readonly answer: MetricAnswer;
}

export interface RangeQuery {
  readonly query: string;
  /** Seconds since 1970, both included. */
  readonly start: number;
  readonly end: number;
  /** Seconds. */
  readonly step: number;
}

/** One answer for the whole range, or one for each step that has any. */
export type RangeAnswer = { readonly samples: readonly RangeSample[] } | { readonly absence: MetricAbsence; readonly note?: string };

/** A metrics server as the rest of the program sees it. Never throws for what a network or a server does. */
export interface MetricsSource {
  /** Answers in the order of the queries, each as of `at` (seconds since 1970). */
  readonly measure: (queries: readonly MetricQuery[], at: number) => Promise<readonly Measurement[]>;
  readonly measureRange: (queries: readonly RangeQuery[]) => Promise<readonly RangeAnswer[]>;
}
