import { describe, expect, it } from 'vitest';
import { lineStarts, positionIn } from '../../src/model/position.ts';
import { checkManifests } from '../../src/pipelines/check-manifests.ts';
import { virtualService } from '../support/checked.ts';

/** A cluster whose VirtualService is simpler than today's, and has a field of its own. */
const crd = `apiVersion: v1
kind: List
items:
- apiVersion: apiextensions.k8s.io/v1
  kind: CustomResourceDefinition
  metadata: {name: virtualservices.networking.istio.io}
  spec:
    group: networking.istio.io
    names: {kind: VirtualService, plural: virtualservices}
    versions:
    - {name: v1alpha3, served: false}
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                hosts: {type: array, items: {type: string, pattern: '(?i)^[a-z]+$'}}
                slow: {type: string, pattern: '^(a+)+$'}
                odd: {type: foo, pattern: '(?<=x)y', anyOf: [{pattern: '(?=z)'}, {$ref: '#/x'}]}
                part: {type: string, pattern: b.d}
                teamSay: {type: string, enum: [loud, quiet]}
                tuning: {type: object, x-kubernetes-preserve-unknown-fields: true}
                limit: {x-kubernetes-int-or-string: true}
                count: {type: integer, format: int32, nullable: true}
                http:
                  type: array
                  items:
                    type: object
                    properties:
                      timeout: {type: string}
                      route: {type: array, items: {type: object, properties: {destination: {type: object, properties: {host: {type: string}}}}}}
                      redirect: {type: object, properties: {port: {type: integer}, derivePort: {type: string}}, oneOf: [{not: {anyOf: [{required: [port]}, {required: [derivePort]}]}}, {required: [port]}, {required: [derivePort]}]}
`;

function found(spec: string, apiVersion = 'networking.istio.io/v1'): readonly string[] {
  const text = virtualService(spec).replace('networking.istio.io/v1', apiVersion);
  const { diagnostics } = checkManifests(new Map([['a.yaml', text]]), { crds: new Map([['crds.yaml', crd]]) });
  const starts = lineStarts(text);
  const shape = diagnostics.filter(({ code }) => /^MS(1|4)/.test(code));
  return shape.map(({ code, at }) => `${code} line ${at === undefined ? '?' : positionIn(text, starts, at.start).line}`);
}

const rest = 'hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews}}]}]';

describe("--crds: the cluster's own definitions", () => {
  it.each([
    ['takes a field that only this cluster has', `teamSay: loud\n${rest}`, []],
    ['runs patterns as Go does, in no time', `slow: ${'a'.repeat(5000)}!\n${rest}`, ['MS1045 line 5']],
    ['finds a pattern anywhere in a text', `part: abcde\n${rest}`, []],
    ['refuses what it does not find', `part: abbe\n${rest}`, ['MS1045 line 5']],
    ['asks nothing by an unknown type, a reference or a pattern that no API server takes', `odd: word\n${rest}`, []],
    ["and Go's own flags", 'hosts: [REVIEWS]\nhttp: [{route: [{destination: {host: reviews}}]}]', []],
    ['but not another value of it', `teamSay: shy\n${rest}`, ['MS1043 line 5']],
    ['refuses a field that this cluster lacks', `${rest}\nexportTo: ["."]`, ['MS1040 line 7']],
    ['lets pass what the cluster keeps unread', `tuning: {any: {thing: 1}}\n${rest}`, []],
    ['takes a number or text', `limit: 5%\n${rest}`, []],
    ['refuses neither', `limit: true\n${rest}`, ['MS1042 line 5']],
    ['takes null where it may stand', `count: null\n${rest}`, []],
    ['refuses two of which one may stand', 'hosts: [a]\nhttp: [{redirect: {port: 1, derivePort: FROM_REQUEST_PORT}}]', ['MS1046 line 6']],
    [
      "still asks what Istio's validation asks",
      'hosts: [a]\nhttp: [{timeout: 0s, route: [{destination: {host: reviews}}]}]',
      ['MS1045 line 6'],
    ],
  ])('%s', (_, spec, findings) => {
    expect(found(spec)).toEqual(findings);
  });

  it('refuses an apiVersion that the cluster does not serve', () => {
    expect(found(rest, 'networking.istio.io/v1alpha3')).toEqual(['MS4053 line 1']);
  });
});
