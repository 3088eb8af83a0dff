import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { findings, httpList } from './http-list.ts';

const only = ['MS5853'];
const gateways = 'hosts: [reviews.example.com]\ngateways: [gw, other/gw]';
const reasonOf = (match: string, head?: string) =>
  checked(httpList([match], head), { only }).diagnostics.map(({ message }) => message.slice(message.indexOf(': ') + 2));

describe('satisfiable-match', () => {
  it.each([
    ['{uri: {exact: api}}', 'no path is `api`'],
    ['{uri: {prefix: api}}', 'no path begins with `api`'],
    ['{uri: {prefix: api}, ignoreUriCase: true}', 'no path begins with `api`'],
    ['{uri: {regex: "api/.*"}}', 'no path matches `api/.*`'],
    ['{uri: {exact: "/a?b=c"}}', 'no path is `/a?b=c`'],
    ['{uri: {prefix: "/a#"}}', 'no path begins with `/a#`'],
    ['{uri: {exact: ""}}', 'no path is ``'],
    ['{uri: {regex: "^$"}}', 'no path matches `^$`'],
    ['{headers: {x: {exact: a}}, withoutHeaders: {X: {prefix: a}}}', 'what it asks of the header `x` contradicts itself'],
    ['{headers: {host: {exact: a.b}}, authority: {exact: b.a}}', 'what it asks of the authority contradicts itself'],
    ['{withoutHeaders: {x: {regex: ".*"}}}', 'no value of the header `x` is left'],
    ['{headers: {x: {regex: "\\\\n"}}}', 'no value of the header `x` matches `\\n`'],
    ['{queryParams: {q: {regex: "\\\\t\\\\n"}}}', 'no value of the parameter `q` matches `\\t\\n`'],
    ['{method: {exact: "GET "}}', 'no method is `GET `'],
    ['{scheme: {exact: HTTPS}}', 'no scheme is `HTTPS`'],
    [
      '{headers: {"@request.auth.claims.a": {exact: b}}, withoutHeaders: {"@request.auth.claims[a]": {prefix: b}}}',
      'what it asks of the claim `a` contradicts itself',
    ],
  ])('warning: %s', (match, reason) => {
    expect(reasonOf(match, gateways)).toEqual([reason]);
  });

  it('warning: a gateway to which the VirtualService is not bound', () => {
    expect(reasonOf('{gateways: [mesh]}', gateways)).toEqual(['`gateways` names none to which the VirtualService is bound']);
    expect(reasonOf('{gateways: [gw]}')).toEqual(['`gateways` names none to which the VirtualService is bound']);
    expect(reasonOf('{gateways: [bookinfo/gw]}', gateways)).toEqual([]);
    expect(reasonOf('{gateways: [mesh, other/gw]}', gateways)).toEqual([]);
  });

  it('warning: of TLS and TCP routes likewise', () => {
    const tls = virtualService(
      'hosts: [a.b]\ngateways: [gw]\ntls:\n- match: [{sniHosts: [a.b], gateways: [mesh]}]\n  route: [{destination: {host: a.b}}]\ntcp:\n- match: [{gateways: [mesh]}, {port: 80}]\n  route: [{destination: {host: a.b}}]',
    );
    expect(checked(tls, { only }).findings).toEqual(['MS5853 line 8', 'MS5853 line 11']);
  });

  it.each([
    ['the server itself', '{uri: {exact: "*"}}'],
    ['any path', '{uri: {prefix: ""}}'],
    ['a regex with anchors', '{uri: {regex: "^/a$"}}'],
    ['letters beyond ASCII', '{uri: {exact: /é}}'],
    ['a space, which some clients send', '{uri: {exact: "/a b"}, queryParams: {q: {exact: "a&b"}}}'],
    ['a method of no standard', '{method: {exact: get}}'],
    ['labels that the gateway ignores', '{gateways: [gw], sourceLabels: {app: a}, sourceNamespace: b}'],
    ['an empty header', '{headers: {x: {exact: ""}}}'],
    ['a header that is there, but not so', '{headers: {x: {}}, withoutHeaders: {x: {prefix: a}}}'],
    ['what only the whole path could tell', '{headers: {":path": {exact: x}}}'],
    ['a regex that is none', '{uri: {regex: "(?=a)"}}'],
  ])('fine: %s', (_, match) => {
    expect(findings([match], only, { head: gateways })).toEqual([]);
  });

  it('fine before 1.22, where a missing header met no negation: but a header that is there must then be free to be another', () => {
    expect(findings(['{withoutHeaders: {x: {exact: ""}}}'], only, { istio: '1.21' })).toEqual([]);
    expect(findings(['{withoutHeaders: {x: {regex: ".*"}}}'], only, { istio: '1.21' })).toEqual(['MS5853 line 7']);
  });

  it('points at the value, and at what contradicts it', () => {
    const text = httpList(['{headers: {x: {exact: a}}, withoutHeaders: {x: {exact: a}}}']);
    const [finding] = checked(text, { only }).diagnostics;
    const marked = [finding?.at, ...(finding?.related ?? []).map(({ at }) => at)];
    expect(marked.map((at) => text.slice(at?.start, at?.end))).toEqual(['{exact: a}', '{exact: a}']);
  });

  it('stands in the intent that said it', () => {
    const intent = 'service: reviews\nport: 9080\nroutes:\n- match: {uri: {prefix: reviews}}\n  timeout: 5s\n';
    expect(rendered(intent).findings).toEqual(['MS5853 line 4']);
  });
});
