import { defineDiagnostic } from '../../model/diagnostic.ts';
import { listWords } from '../../model/names.ts';

export const gateSubsetHasVersion = defineDiagnostic<{ gate: string; service: string; version: string }>({
  code: 'MS7101',
  name: 'gated-version-has-label',
  severity: 'error',
  summary: ({ gate, service, version }) =>
    `the gate \`${gate}\` cannot tell ${version} of ${service} from other versions: it has no \`version\` label`,
  why: "Istio's metrics know a version by the `version` label of its pods. Without it the gate would measure all versions together, and a failing canary would pass.",
  fix: 'Give the version a `version` label in `labels` (and its pods), or use a gate with a `query` and `samples` of its own.',
  since: '0.1.0',
});

export const gateQueryReadable = defineDiagnostic<{ gate: string; text: string }>({
  code: 'MS7102',
  name: 'gate-query-readable',
  severity: 'error',
  summary: ({ gate, text }) => `the query of the gate \`${gate}\` cannot be read ${text === '' ? 'to its end' : `from \`${text}\` on`}`,
  why: 'A query in which a quote or a bracket is left open cannot be asked, and where its variables stand cannot be told.',
  fix: 'Close quotes and brackets. `promtool promql format` (or the expression field of Prometheus) shows the place.',
  since: '0.1.0',
});

export const gateVariableKnown = defineDiagnostic<{ gate: string; variable: string; known: readonly string[] }>({
  code: 'MS7103',
  name: 'known-gate-variable',
  severity: 'error',
  summary: ({ gate, variable, known }) =>
    `the gate \`${gate}\` asks for \`{{${variable}}}\`; there is ${listWords(known.map((one) => `\`{{${one}}}\``))}`,
  why: 'A variable without a value would leave a query that matches nothing, and nothing is what a healthy service looks like.',
  fix: 'Use one of the variables that there are, or write the value itself.',
  since: '0.1.0',
});

export const gateVariablePlace = defineDiagnostic<{ gate: string; variable: string; expected: string }>({
  code: 'MS7104',
  name: 'gate-variable-in-place',
  severity: 'error',
  summary: ({ gate, variable, expected }) => `\`{{${variable}}}\` of the gate \`${gate}\` has to stand ${expected}`,
  why: 'Values are bound, never pasted: a text stands for the value of a label, a number for a number, a duration for a duration. Anywhere else a value could change what the query asks.',
  fix: 'Write `version="{{version}}"` for a text, `* {{percent}}` for a number, `[{{over}}]` for a duration.',
  since: '0.1.0',
});

export const gateHasBound = defineDiagnostic<{ gate: string }>({
  code: 'MS7105',
  name: 'gate-has-bound',
  severity: 'error',
  summary: ({ gate }) => `the gate \`${gate}\` has neither \`min\` nor \`max\`, or they leave no value between them`,
  why: 'Without a bound nothing could fail, and with such bounds nothing could pass.',
  fix: 'Write `min`, `max` or both, the smaller one as `min`.',
  since: '0.1.0',
});

export const gateQueryBounded = defineDiagnostic<{ gate: string; text: string; reason: string }>({
  code: 'MS7106',
  name: 'gate-query-bounded',
  severity: 'error',
  summary: ({ gate, text, reason }) => `\`${text}\` in the query of the gate \`${gate}\` ${reason}`,
  why: 'Prometheus may work on such a query for minutes, past its own time limit, and slows down for everyone who asks it.',
  fix: 'Use a shorter range, or a longer step; a recording rule can hold what is dear to compute.',
  since: '0.1.0',
});

export const gateQueryAggregates = defineDiagnostic<{ gate: string }>({
  code: 'MS7107',
  name: 'gate-query-aggregates',
  severity: 'warning',
  summary: ({ gate }) => `the query of the gate \`${gate}\` can answer with several series`,
  why: 'A gate needs one number. With several, or with none because labels of two sides differ, it holds and never passes.',
  fix: 'Aggregate on the outside, as in `sum(…)` or `max(…)`, without `by`.',
  since: '0.1.0',
});

export const gateQueryPinsVersion = defineDiagnostic<{ gate: string }>({
  code: 'MS7108',
  name: 'gate-query-pins-version',
  severity: 'warning',
  summary: ({ gate }) => `the query of the gate \`${gate}\` does not look at the canary: it never uses \`{{version}}\``,
  why: 'It measures all versions together. At a small percentage the healthy rest hides a canary that fails.',
  fix: 'Add a label matcher such as `version="{{version}}"`.',
  since: '0.1.0',
});

export const gateQueryWithoutThreshold = defineDiagnostic<{ gate: string; operator: string }>({
  code: 'MS7109',
  name: 'gate-threshold-outside-query',
  severity: 'warning',
  summary: ({ gate, operator }) => `the query of the gate \`${gate}\` compares with \`${operator}\``,
  why: 'A comparison drops what does not meet it: a failing value, NaN and no data at all then look the same, and the gate can only hold.',
  fix: 'Let the query answer the value, and write the threshold as `min` or `max` of the gate; `bool` after the operator answers 0 or 1.',
  since: '0.1.0',
});

export const gateWindowInStep = defineDiagnostic<{ gate: string; over: string; live: string; warmUp: string; soak: string }>({
  code: 'MS7110',
  name: 'gate-window-within-step',
  severity: 'warning',
  summary: ({ gate, over, live, warmUp, soak }) =>
    `the gate \`${gate}\` looks back ${over}, but may be asked ${live} after a step is live (soak ${soak}, warm-up ${warmUp})`,
  why: 'The window then reaches into the step before, whose healthy minutes hide what this step does.',
  fix: 'Make `over` shorter, or `soak` or `warmUp` longer.',
  since: '0.1.0',
});

export const gateHasStable = defineDiagnostic<{ gate: string; percent: number }>({
  code: 'MS7111',
  name: 'comparison-has-stable',
  severity: 'error',
  summary: ({ gate, percent }) => `the gate \`${gate}\` compares with the stable version, which gets nothing at ${percent} %`,
  why: 'Without requests of the stable version there is nothing to compare with: the gate would hold for ever.',
  fix: 'Give this step gates with absolute bounds: `gates: [...]` at the step.',
  since: '0.1.0',
});

export const gateMeasuresProtocol = defineDiagnostic<{ gate: string; service: string }>({
  code: 'MS7112',
  name: 'gate-measures-protocol',
  severity: 'error',
  summary: ({ gate, service }) => `the gate \`${gate}\` measures how long requests take, but ${service} is a TCP service`,
  why: 'Istio counts connections and bytes of TCP, no durations.',
  fix: 'Use `success-rate`, `request-volume` (of connections) or `observed-share`, or a query of your own.',
  since: '0.1.0',
});

export const gateWindowOverScrapes = defineDiagnostic<{ gate: string; over: string; needed: string }>({
  code: 'MS7113',
  name: 'gate-window-over-scrapes',
  severity: 'error',
  summary: ({ gate, over, needed }) => `the gate \`${gate}\` looks back ${over}; a rate needs at least ${needed}`,
  why: 'A rate needs two samples in its window, and four to be steady: a shorter one answers nothing whenever a scrape is late.',
  fix: 'Make `over` at least four scrape intervals, or `maxAge` (two scrape intervals) shorter where Prometheus scrapes more often.',
  since: '0.1.0',
});

export const metricsServerSafe = defineDiagnostic<{ server: string; fault: string }>({
  code: 'MS7114',
  name: 'metrics-server-over-https',
  severity: 'error',
  summary: ({ server, fault }) => `the url of the Prometheus \`${server}\` ${fault}`,
  why: 'Whoever stands between could read the token, or answer that a failing canary is well.',
  fix: 'Write an `https://` url without user, query and fragment; `http://localhost` (or 127.0.0.1) is for a tunnel on the same machine.',
  since: '0.1.0',
});

export const metricsTokenSafe = defineDiagnostic<{ server: string; variable: string; fault: string }>({
  code: 'MS7115',
  name: 'metrics-token-apart',
  severity: 'error',
  summary: ({ server, variable, fault }) => `the token of the Prometheus \`${server}\` is said to be in \`${variable}\`, which ${fault}`,
  why: "Intents name both the server and the variable. Any name would let an intent send another secret of the run, such as the forge's token, to a server of its choice.",
  fix: 'Give the token to the run in a variable such as `PROM_TOKEN`.',
  since: '0.1.0',
});
