import { defineDiagnostic } from '../model/diagnostic.ts';
import { listWords } from '../model/names.ts';

export const sharesSumTo100 = defineDiagnostic<{ sum: number; parts: readonly string[] }>({
  code: 'MS2020',
  name: 'shares-sum-to-100',
  severity: 'error',
  summary: ({ sum, parts }) =>
    `these shares sum to ${Number(sum.toFixed(6))}, not to 100${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`,
  why: 'Istio divides by the sum whatever it is, so the percentages written here would not be the ones that hold.',
  fix: 'Make the shares sum to 100.',
  since: '0.1.0',
});

export const splitExcludesStable = defineDiagnostic<{ word: string }>({
  code: 'MS2021',
  name: 'split-excludes-stable',
  severity: 'error',
  summary: ({ word }) => `\`split\` and \`${word}\` both say where everyone goes`,
  why: '`split` gives every version its share; a stable version or a canary beside it would be ignored, or contradict it.',
  fix: 'Keep `split` for any number of versions, or `stable` with `canary` for a rollout. An inherited one is removed with `null`.',
  since: '0.1.0',
});

export const canaryHasStable = defineDiagnostic<{ name: string }>({
  code: 'MS2022',
  name: 'canary-beside-stable',
  severity: 'error',
  summary: ({ name }) => `the canary of ${name} needs both \`canary.version\` and \`stable\``,
  why: 'A canary takes a share of the stable traffic: it must say which version it is, and what it takes the share from.',
  fix: 'Write `stable: v1` and `canary: {version: v2, percent: 10}`.',
  since: '0.1.0',
});

export const canaryApart = defineDiagnostic<{ version: string }>({
  code: 'MS2023',
  name: 'canary-apart-from-stable',
  severity: 'error',
  summary: ({ version }) => `\`${version}\` is both stable and canary`,
  why: 'Shares between a version and itself say nothing; the rollout has ended, or never began.',
  fix: 'Remove `canary`, or name another version.',
  since: '0.1.0',
});

export const pinsHaveStable = defineDiagnostic<{ name: string }>({
  code: 'MS2024',
  name: 'pins-beside-stable',
  severity: 'error',
  summary: ({ name }) => `${name} pins some users to versions but does not say where everyone else goes`,
  why: 'Everyone else would reach all versions in turn.',
  fix: 'Write `stable: v1`, or `split`.',
  since: '0.1.0',
});

export const decimalSharesSupported = defineDiagnostic<{ mesh: string; percent: number }>({
  code: 'MS2025',
  name: 'decimal-shares-supported',
  severity: 'error',
  summary: ({ mesh, percent }) => `${percent} % can't be said in Istio ${mesh}`,
  why: 'Up to Istio 1.14 weights are whole numbers that sum to 100; from 1.15 any ratio is possible.',
  fix: 'Use whole percentages, or upgrade the mesh to 1.15 or newer.',
  since: '0.1.0',
});

export const decidableRoute = defineDiagnostic<{ key: string }>({
  code: 'MS2026',
  name: 'decidable-conditions',
  severity: 'error',
  summary: ({ key }) => `two conditions on \`${key}\` meet here, and whether a request can satisfy both can't be decided`,
  why: 'A pin holds on every route that inherits, so their conditions are joined; Istio has one condition per key, and two patterns have no common form.',
  fix: 'Write the pin or the route with `exact` or `prefix`, give the route its own `to`, or move one of the conditions to another key.',
  since: '0.1.0',
});

export const routeHasOneAnswer = defineDiagnostic<{ words: readonly string[] }>({
  code: 'MS2027',
  name: 'route-has-one-answer',
  severity: 'error',
  summary: ({ words }) => `this route says ${listWords(words.map((word) => `\`${word}\``))}`,
  why: 'A request gets one answer.',
  fix: 'Keep one of them.',
  since: '0.1.0',
});

export const sharesPreciseEnough = defineDiagnostic<{ mesh: string; percent: number }>({
  code: 'MS2029',
  name: 'shares-within-precision',
  severity: 'error',
  summary: ({ percent }) => `${percent} % has more than six decimals`,
  why: 'Istio writes shares as ratios of 32-bit integers; finer ones do not fit.',
  fix: 'Round it: one request in a hundred million is 0.000001 %.',
  since: '0.1.0',
});

export const stickySharesExact = defineDiagnostic<{ mesh: string; name: string }>({
  code: 'MS2055',
  name: 'sticky-shares-exact',
  severity: 'info',
  summary: ({ mesh, name }) =>
    `how many remembered users of ${name} move is rounded to whole percents, because Istio ${mesh} has no others`,
  why: 'A step moves just enough of those who hold the cookie of an earlier one; up to Istio 1.14 weights are whole numbers that sum to 100, so the share can be off by half a percent.',
  fix: 'Nothing has to be done. From Istio 1.15 on the shares are exact.',
  since: '0.1.0',
});

export const stickyExposedApart = defineDiagnostic<{ name: string }>({
  code: 'MS2056',
  name: 'sticky-exposed-apart',
  severity: 'error',
  summary: ({ name }) => `users of ${name} are remembered on a gateway that shares the routes of the mesh`,
  why: 'Callers inside the mesh rarely keep cookies, so only the routes of gateways remember users; one VirtualService for both can not.',
  fix: 'Write `hosts` in the exposure, which makes its routes a VirtualService of their own, or `canary: {sticky: {mesh: true}}`.',
  since: '0.1.0',
});

export const answerCarriesWord = defineDiagnostic<{ word: string; name: string }>({
  code: 'MS2054',
  name: 'answer-carries-word',
  severity: 'error',
  summary: ({ word, name }) =>
    `\`${word}\` can't hold here: ${name} answers some of these requests with a redirect or a response of its own`,
  why: 'Istio rejects a route that both answers by itself and changes or fails the request on its way.',
  fix: 'Narrow the `match` to requests that reach a destination, or say it in the service that answers.',
  since: '0.1.0',
});
