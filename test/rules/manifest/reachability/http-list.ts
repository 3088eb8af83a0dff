import { parse } from 'yaml';
import type { JsonObject } from '../../../../src/model/json.ts';
import type { MeshRequest } from '../../../../src/model/routing.ts';
import { holds } from '../../../../src/requests/holds.ts';
import { httpCondition } from '../../../../src/requests/http-condition.ts';
import { plainRequest } from '../../../../src/requests/request.ts';
import { type CheckWishes, checked, virtualService } from '../../../support/checked.ts';

/** A VirtualService with one route for each list of matches; '' = a route without. Line 7 is the first. */
export function httpList(routes: readonly string[], head = 'hosts: [reviews]'): string {
  const lines = routes.map((match) => `- {${match === '' ? '' : `match: [${match}], `}route: [{destination: {host: reviews}}]}`);
  return virtualService(`${head}\nhttp:\n${lines.join('\n')}`);
}

export function findings(
  routes: readonly string[],
  only: readonly string[],
  wishes: CheckWishes & { head?: string } = {},
): readonly string[] {
  const text = httpList(routes, wishes.head);
  // v1 is served from 1.22 on.
  return checked(wishes.istio === undefined ? text : text.replace('/v1\n', '/v1beta1\n'), { ...wishes, only }).findings;
}

/** Whether the match takes a request with these parts, as Envoy would. */
export function takes(match: string, parts: Partial<MeshRequest>): boolean | undefined {
  const value: JsonObject = parse(match === '' ? '{}' : match);
  return holds(httpCondition(value, { minor: 31, namespace: 'bookinfo' }), { ...plainRequest, ...parts });
}
