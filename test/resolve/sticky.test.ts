import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, listOr, objectOr } from '../../src/model/json.ts';
import { ledTo, rendered, routeLines } from '../support/rendered.ts';

const gateway = 'gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n---\n';
const exposed = 'expose: [{gateway: gw, hosts: [shop.example.com]}]\n';
const service = (canary: string, more = exposed) =>
  `${gateway}service: reviews\nport: 9080\nversions: [v1, v2, v3]\nstable: v1\ncanary: ${canary}\n${more}`;

const atGateway = 'VirtualService reviews-gw';
const inMesh = 'VirtualService reviews';

/** 'r1.v3 → v3=100', a line for each route: whose cookie it asks for, and where it leads. */
function cohorts(intents: string, title = atGateway, istio = '1.31'): readonly string[] {
  const { http, ok, diagnostics } = rendered(intents, { istio });
  if (!ok) throw new Error(diagnostics.map(({ message }) => message).join());
  return http(title).map((route) => `${cookieOf(route)} → ${ledTo(route).replaceAll('reviews:9080/', '').replaceAll('reviews/', '')}`);
}

function cookieOf(route: JsonObject): string {
  const [match] = listOr(route.match);
  const { regex } = objectOr(objectOr(objectOr(match).headers).cookie);
  return typeof regex === 'string' ? regex.replaceAll('\\', '').replace('(.*; ?)?reviews-version=', '').replace('(;.*)?', '') : 'all';
}

const cookies = (intents: string, title = atGateway): readonly unknown[] =>
  rendered(intents)
    .http(title)
    .flatMap(({ route }) => listOr(route).map((entry) => objectOr(objectOr(objectOr(objectOr(entry).headers).response).add)['set-cookie']));

describe('a sticky canary', () => {
  it('at its first step: who was drawn stays, everyone else is drawn', () => {
    expect(cohorts(service('{version: v3, percent: 5, sticky: {id: r1}}'))).toEqual(['r1.v3.5 → v3', 'r1.v1.5 → v1', 'all → v1=95 v3=5']);
  });

  it('that grew moves just as many of each earlier step as it must', () => {
    expect(cohorts(service('{version: v3, percent: 50, sticky: {id: r1, seen: [25, 5]}}'))).toEqual([
      'r1.v3.(5|25|50) → v3',
      'r1.v1.5 → v1=50 v3=45',
      'r1.v1.25 → v1=50 v3=25',
      'r1.v1.50 → v1',
      'all → v1=50 v3=50',
    ]);
  });

  it('that was lowered moves canary users back, and nobody forward', () => {
    expect(cohorts(service('{version: v3, percent: 10, sticky: {id: r1, seen: [5, 25]}}'))).toEqual([
      'r1.v3.(5|10) → v3',
      'r1.v3.25 → v1=15 v3=10',
      'r1.v1.5 → v1=90 v3=5',
      'r1.v1.(10|25) → v1',
      'all → v1=90 v3=10',
    ]);
  });

  it('may have decimals, which are written as whole ratios', () => {
    expect(cohorts(service('{version: v3, percent: 0.3, sticky: {id: r1, seen: [0.1]}}'))[1]).toBe('r1.v1.0.1 → v1=997 v3=2');
  });

  it('does not count the same step twice, nor those at which nobody was drawn', () => {
    const once = cohorts(service('{version: v3, percent: 50, sticky: {seen: [25]}}'));
    expect(cohorts(service('{version: v3, percent: 50, sticky: {seen: [25, 0, 25, 100, 50]}}'))).toEqual(once);
    expect(once[0]).toBe('v3.v3.(25|50) → v3');
  });

  it('sets a cookie beside those of the application, with each answer', () => {
    const set = (value: string, more = '') => `reviews-version=${value}; Path=/; ${more}HttpOnly; SameSite=Lax`;
    expect(cookies(service('{version: v3, percent: 5, sticky: {id: r1}}'))).toEqual([
      set('r1.v3.5'),
      set('r1.v1.5'),
      set('r1.v1.5'),
      set('r1.v3.5'),
    ]);
    expect(cookies(service('{version: v3, percent: 5, sticky: {id: r1, maxAge: 24h}}'))[0]).toBe(set('r1.v3.5', 'Max-Age=86400; '));
    expect(cookies(service('{version: v3, percent: 5, sticky: {cookie: my.cookie}}'))[0]).toMatch(/^my\.cookie=v3\.v3\.5;/);
  });

  it('asks for its cookie by name, literally, wherever it stands among others', () => {
    const [route] = rendered(service('{version: v3, percent: 5, sticky: {cookie: my.cookie, id: r-1}}')).http(atGateway);
    expect(objectOr(listOr(route?.match)[0]).headers).toEqual({
      cookie: { regex: '(.*; ?)?my\\.cookie=r\\-1\\.v3\\.5(;.*)?' },
    });
  });

  it('may have any name that a cookie can have', () => {
    const intents = service('{version: v3, percent: 5, sticky: {cookie: "a%b|c"}}');
    expect(rendered(intents).findings).toEqual([]);
    expect(cookies(intents)[0]).toMatch(/^a%%b\|c=v3\.v3\.5;/);
  });

  it('leaves the mesh alone, unless it says so', () => {
    expect(cohorts(service('{version: v3, percent: 5, sticky: {}}'), inMesh)).toEqual(['all → v1=95 v3=5']);
    expect(cohorts(service('{version: v3, percent: 5, sticky: {mesh: true}}', ''), inMesh).length).toBe(3);
  });

  it('needs a VirtualService of its own for the gateway, unless the mesh remembers as well', () => {
    expect(rendered(service('{version: v3, percent: 5, sticky: {}}', 'expose: gw\n')).codes).toContain('MS2056');
    expect(rendered(service('{version: v3, percent: 5, sticky: {mesh: true}}', 'expose: gw\n')).codes).not.toContain('MS2056');
  });

  it('asks pins first, and goes into every route that inherits', () => {
    const words =
      'pins: [{user: jason, version: v2}]\nroutes: [{match: {uri: {prefix: /api}}, timeout: 2s}, {match: {uri: {prefix: /old}}, to: v2}]\n';
    const { http } = rendered(service('{version: v3, percent: 5, sticky: {id: r1}}', exposed + words));
    expect(routeLines(http(atGateway)).map((line) => line.replace(/ → .*/, ''))).toEqual([
      'uri^/api & end-user=jason',
      'uri^/api & cookie~(.*; ?)?reviews\\-version=r1\\.v3\\.5(;.*)?',
      'uri^/api & cookie~(.*; ?)?reviews\\-version=r1\\.v1\\.5(;.*)?',
      'uri^/api',
      'uri^/old',
      'end-user=jason',
      'cookie~(.*; ?)?reviews\\-version=r1\\.v3\\.5(;.*)?',
      'cookie~(.*; ?)?reviews\\-version=r1\\.v1\\.5(;.*)?',
      'all',
    ]);
    expect(http(atGateway).map(({ timeout }) => timeout)).toEqual(['2s', '2s', '2s', '2s', ...Array(5).fill(undefined)]);
  });

  it('copies what is stable, and not what the canary gets anyway', () => {
    const { http } = rendered(service('{version: v3, percent: 5, mirror: 20, sticky: {}}'));
    expect(http(atGateway).map(({ mirror }) => isObject(mirror) && mirror.subset)).toEqual([false, 'v3', 'v3']);
  });

  it('is remembered by others who lead to it', () => {
    const shop = '---\nservice: shop\nport: 80\nroutes: [{to: {service: reviews}}]\nexpose: [{gateway: gw, hosts: [a.example.com]}]\n';
    const { http, findings } = rendered(`${service('{version: v3, percent: 5, sticky: {id: r1}}')}${shop}`);
    expect(findings).toEqual([]);
    expect(http('VirtualService shop-gw').map(ledTo)).toEqual([
      'reviews:9080/v3',
      'reviews:9080/v1',
      'reviews:9080/v1=95 reviews:9080/v3=5',
    ]);
  });

  it('says where old meshes round, and rounds to a hundred', () => {
    const intents = service('{version: v3, percent: 50, sticky: {id: r1, seen: [5]}}');
    expect(cohorts(intents, atGateway, '1.14')).toEqual([
      'r1.v3.(5|50) → v3',
      'r1.v1.5 → v1=53 v3=47',
      'r1.v1.50 → v1',
      'all → v1=50 v3=50',
    ]);
    expect(rendered(intents, { istio: '1.14' }).findings).toEqual(['MS2055 line 8']);
    expect(rendered(service('{version: v3, percent: 50, sticky: {}}'), { istio: '1.14' }).findings).toEqual([]);
  });
});
