import type { JsonObject } from '../model/json.ts';
import type { DecisionStep, MeshRequest, RouteDecision, RoutedDestination } from '../model/routing.ts';
import type { Palette } from './palette.ts';
import { visibleText } from './visible-text.ts';

/** A decision to be told, with the place of each step as people find it: 'environments/prod/services/reviews.yaml:4'. */
export interface TracedDecision {
  readonly request: MeshRequest;
  readonly decision: RouteDecision;
  /** Beside each step of the decision, in its order. */
  readonly places: readonly (string | undefined)[];
}

/** The story of a request: what it is, what was looked at and why it did or did not hold, and where it ends. */
export function renderDecisionText({ request, decision, places }: TracedDecision, palette: Palette): string {
  const { steps, assumptions, undefinedOrder } = decision;
  const lines = [
    palette.strong(visibleText(requestLine(request))),
    '',
    ...steps.map((step, i) => stepLine(step, places[i], palette)),
    '',
    ...endLines(decision, palette),
    ...Object.entries(decision.onTheWay).map(([word, value]) => `    ${word}: ${visibleText(JSON.stringify(value))}`),
    ...(undefinedOrder === undefined
      ? []
      : [
          '',
          `  ${palette.severity.warning('undefined')} ${undefinedOrder.join(' and ')} both decide this; Istio takes the older one, which no manifest tells`,
        ]),
    ...assumptions.map((one) => `  ${palette.guide('assumed')} ${visibleText(one)}`),
  ];
  return `${lines.join('\n')}\n`;
}

export function requestLine({ protocol, method, scheme, host, port, path, query, headers, source, gateway }: MeshRequest): string {
  const search = new URLSearchParams(query).toString();
  const what =
    protocol === 'http'
      ? `${method} ${scheme}://${host}${port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`}${path}${search === '' ? '' : `?${search}`}`
      : `${protocol === 'tls' ? 'TLS' : 'TCP'} ${host}:${port}`;
  const labels = Object.entries(source.labels).map(([name, value]) => `${name}=${value}`);
  const from = gateway === undefined ? `from ${source.namespace}${labels.length === 0 ? '' : ` (${labels.join(', ')})`}` : `via ${gateway}`;
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [what, from, ...sent].join(', ');
}

function stepLine({ says, took, place, about }: DecisionStep, source: string | undefined, palette: Palette): string {
  const mark = took ? palette.good('✓') : palette.guide('·');
  const where = place === undefined ? '' : `${place.manifest}${place.pointer === '' ? '' : ` ${readable(place.pointer)}`}: `;
  const indent = about === 'match' || about === 'delegate' ? '    ' : '  ';
  return `${indent}${mark} ${visibleText(`${where}${says}`)}${source === undefined ? '' : `  ${palette.guide(visibleText(source))}`}`;
}

/** '/http/0/match/1' → 'http[0].match[1]' */
function readable(pointer: string): string {
  return pointer
    .slice(1)
    .split('/')
    .map((segment, i) => (/^\d+$/.test(segment) ? `[${segment}]` : `${i === 0 ? '' : '.'}${segment}`))
    .join('');
}

function endLines(decision: RouteDecision, palette: Palette): readonly string[] {
  const arrow = palette.strong('→');
  switch (decision.kind) {
    case 'route':
      return decision.destinations.flatMap((one) => [`  ${arrow} ${destinationLine(one, palette)}`, ...policyLines(one.policy)]);
    case 'redirect':
      return [`  ${arrow} redirect ${visibleText(JSON.stringify(decision.redirect ?? {}))}`];
    case 'direct-response':
      return [`  ${arrow} answered at once ${visibleText(JSON.stringify(decision.directResponse ?? {}))}`];
    case 'passthrough':
      return [`  ${arrow} passed through to where it was going, without any route`];
    case 'failure': {
      const { status, flag, reason } = decision.failure ?? { flag: 'NR', reason: '' };
      return [
        `  ${arrow} ${palette.severity.error(`${status === undefined ? 'reset' : String(status)} (${flag})`)} ${visibleText(reason)}`,
      ];
    }
  }
}

function destinationLine({ host, subset, port, percent, failure }: RoutedDestination, palette: Palette): string {
  const share = `${String(Number(percent.toFixed(2))).padStart(3)} %`;
  const name = `${host}:${port}${subset === undefined ? '' : ` subset ${subset}`}`;
  const wrong = failure === undefined ? '' : `  ${palette.severity.error(`${failure.status ?? ''} (${failure.flag})`)} ${failure.reason}`;
  return `${share}  ${visibleText(name)}${wrong}`;
}

function policyLines(policy: JsonObject): readonly string[] {
  return Object.entries(policy).map(([block, value]) => `           ${block}: ${visibleText(JSON.stringify(value))}`);
}
