import type { MeshObject } from '../mesh/mesh-object.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import { requestLine } from '../model/request-words.ts';
import type { RouteDecision } from '../model/routing.ts';
import type { Address } from '../model/source.ts';
import { compareDecision, type Mismatch } from './compare-decision.ts';
import { decisionWords } from './decision-words.ts';
import { readableTestRequest, routedAsExpected, validatorAgrees } from './diagnostics.ts';
import { type JudgedCase, type Oracle, relatedTo, routeTitle } from './judge-cases.ts';
import type { ValidatorCase, ValidatorInput } from './routing-case.ts';
import { type ValidatorRoute, validatorPasses, validatorRoute } from './validator-answer.ts';

export interface ValidatorOracle extends Oracle {
  /** Where a request for an authority enters, which these cases do not say: 'namespace/name' of a Gateway, or the namespace of a caller. */
  readonly entranceOf: (authority: string) => { readonly via: string } | { readonly from: string };
  /** In the order of their files. */
  readonly virtualServices: readonly MeshObject[];
}

/** Judges a case of istio-config-validator by what Istio does, and says where that tool would say something else. */
export function judgeValidatorCase(one: ValidatorCase, oracle: ValidatorOracle): JudgedCase {
  const { name, file, document, pointer } = one;
  const at = (place: string): Address => ({ file, document, pointer: place });
  const diagnostics: Diagnostic[] = [];
  const decisions: RouteDecision[] = [];
  for (const input of one.inputs) {
    const reading = oracle.read({
      url: `http://${input.authority}${input.path}`,
      method: input.method,
      headers: Object.entries(input.headers).map(([key, value]) => `${key}: ${value}`),
      ...oracle.entranceOf(input.authority),
    });
    if ('what' in reading) {
      const place = at(`${pointer}/request`);
      diagnostics.push(diagnose(readableTestRequest, { params: { name, what: reading.what }, at: place, hints: reading.help }));
      continue;
    }
    const decision = oracle.decide(reading.request);
    decisions.push(decision);
    const request = requestLine(reading.request);
    const faults = istiosFaults(one, decision, oracle);
    for (const { pointer: key, found, expected } of faults)
      diagnostics.push(
        diagnose(routedAsExpected, {
          params: { name, request, found, expected: one.wantMatch ? expected : `not ${expected}`, more: 0 },
          at: at(`${pointer}${key}`),
          related: relatedTo(decision, oracle),
        }),
      );
    const answer = validatorRoute(input, oracle.virtualServices);
    const passes = validatorPasses(one, answer, oracle.virtualServices);
    if (passes !== (faults.length === 0))
      diagnostics.push(
        diagnose(validatorAgrees, {
          params: { name, request, says: passes ? 'passes' : 'fails', because: reasonOf(input, answer, decision) },
          at: at(`${pointer}/request`),
        }),
      );
    // One request tells what is wrong with a case.
    if (faults.length > 0) break;
  }
  return { name, at: at(pointer), requests: one.inputs.length, decisions, diagnostics };
}

/** Every comparison that is not as `wantMatch` says. */
function istiosFaults({ asserted, wantMatch }: ValidatorCase, decision: RouteDecision, oracle: Oracle): readonly Mismatch[] {
  return Object.entries(asserted).flatMap(([key, wanted]): readonly Mismatch[] => {
    const { expected, faults } =
      key === 'delegate' ? delegateFaults(objectOr(wanted), decision) : wordFaults(key, wanted, decision, oracle);
    if ((faults.length === 0) === wantMatch) return [];
    const [first] = faults;
    return [{ pointer: `/${key}`, found: first?.found ?? decisionWords(decision), expected: first?.expected ?? expected }];
  });
}

interface WordFaults {
  readonly faults: readonly Mismatch[];
  /** In words, for a case that wants it not to be so. */
  readonly expected: string;
}

function wordFaults(key: string, wanted: Json, decision: RouteDecision, oracle: Oracle): WordFaults {
  const expect = key === 'route' ? { to: destinations(wanted) } : { [key]: wanted };
  return { faults: compareDecision(expect, decision, oracle.namesOf), expected: key === 'route' ? 'those destinations' : `that ${key}` };
}

/** Shares as Istio makes them of weights: one entry has all, of several those without weight have nothing. */
function destinations(route: Json): readonly JsonObject[] {
  const entries = listOr(route).map(objectOr);
  const weights = entries.map(({ weight }) => (typeof weight === 'number' ? weight : 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return entries.flatMap((entry, i): readonly JsonObject[] => {
    const { host, subset, port } = objectOr(entry.destination);
    const share = entries.length === 1 ? 100 : sum === 0 ? 0 : (100 * (weights[i] ?? 0)) / sum;
    if (share === 0) return [];
    const number = objectOr(port).number;
    return [{ ...(host === undefined ? {} : { host }), subset: subset ?? null, ...(number === undefined ? {} : { port: number }), share }];
  });
}

function delegateFaults({ name, namespace }: JsonObject, decision: RouteDecision): WordFaults {
  const [, title = ''] = decision.route?.manifest.split(' ') ?? [];
  const expected = `VirtualService ${namespace === undefined ? '' : `${String(namespace)}/`}${String(name)} to take it`;
  const isSo = namespace === undefined ? title.split('/').at(-1) === name : title === `${String(namespace)}/${String(name)}`;
  const found = decision.route === undefined ? decisionWords(decision) : `is taken by ${decision.route.manifest}`;
  return { faults: isSo ? [] : [{ pointer: '/delegate', found, expected }], expected };
}

function reasonOf({ authority }: ValidatorInput, answer: ValidatorRoute, decision: RouteDecision): string {
  const { route } = decision;
  if (answer.manifest === undefined)
    return route === undefined
      ? 'it finds no VirtualService with that host'
      : `it finds hosts only by their exact texts, and none is ${authority}`;
  if (answer.unread.length > 0) return `it ignores ${listWords(answer.unread)} in matches`;
  const own = routeTitle({ manifest: answer.manifest, pointer: answer.pointer ?? '' });
  if (route === undefined) return `it takes ${own}, which is not in force there`;
  if (route.manifest !== answer.manifest || route.pointer !== answer.pointer) return `it takes ${own}, Istio ${routeTitle(route)}`;
  return 'it compares the words of the route, not what they come to';
}
