import { describe, expect, it } from 'vitest';
import { NEWEST_MINOR } from '../../src/istio/dialect.ts';
import { rendered } from '../support/rendered.ts';

const broad = `service: reviews
ports: {http: {number: 9080, loadBalancer: LEAST_REQUEST}, grpc: 9090}
versions: {v1: {}, v2: {outlierDetection: {consecutive5xxErrors: 3}}}
stable: v1
canary:
  version: v2
  percent: 0.5
  mirror: 5
pins:
  - {user: jason, version: v2}
  - match: {queryParams: {beta: {exact: "1"}}}
    version: v2
routes:
  - {name: gone, match: {uri: {prefix: /gone}, ignoreUriCase: true}, directResponse: {status: 410}}
  - match: {withoutHeaders: {x: {}}}
    mirror: v2
  - match: {uri: {prefix: /old}}
    redirect: {uri: /new, redirectCode: 308, scheme: https}
timeout: 3s
retries: {attempts: 2, retryOn: 5xx, backoff: 1s}
corsPolicy: {allowOrigins: [{exact: "https://shop.example"}]}
connectionPool: {http: {idleTimeout: 1s}, tcp: {maxConnections: 1}}
exportTo: ["."]
expose:
  - gateway: ing/gw
    hosts: [shop.example.com]
    port: http
dependsOn: [partner]
workload: {labels: {app: reviews}, serviceAccount: reviews}
---
gateway: gw
namespace: ing
workload: {serviceAccount: gw, namespace: ing}
servers:
  - {http: 80, hosts: ["*"]}
  - {https: 443, hosts: ["*"], credentialName: cert, mode: OPTIONAL_MUTUAL}
hosts:
  b.example.com:
    - service: bookinfo/plain
---
service: plain
port: 80
workload: {labels: {app: plain}}
---
external: partner
hosts: [api.partner.example]
ports: {http: 80, https: 443}
resolution: DNS_ROUND_ROBIN
originateTls: true
`;
const environment = 'user: {header: end-user}\nsidecars: true\nauthorization: dry-run';
/** Without what resolution itself knows to be too new. */
const drawn = broad.replace('percent: 0.5', 'percent: 5').replace(/hosts:\n {2}b\.example[^-]*- service.*\n/, '');
const minors = Array.from({ length: NEWEST_MINOR + 1 }, (_, minor) => `1.${minor}`);
const errors = (intents: string, istio: string) => {
  const { diagnostics } = rendered(intents, { istio, environment });
  const lines = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, at }) => `${code} line ${at === undefined ? '?' : intents.slice(0, at.start).split('\n').length}: ${message}`);
  return [...new Set(lines)];
};

describe('every version of Istio', () => {
  it.each(minors)('%s: what the mesh does not have is said at the words that ask for it', (istio) => {
    for (const intents of [broad, drawn]) {
      const said = errors(intents, istio);
      expect(said.filter((line) => line.includes('line ?'))).toEqual([]);
      expect(said.length === 0).toBe(istio === `1.${NEWEST_MINOR}` || Number(istio.slice(2)) >= 26);
    }
  });

  it('each finding stands at its own line', () => {
    expect(errors(broad, '1.14')).toEqual(["MS2025 line 7: 0.5 % can't be said in Istio 1.14"]);
    expect(errors(broad, '1.7')).toContainEqual(expect.stringMatching(/^MS2046 line 37: /));
    expect(errors(drawn, '1.18')).toEqual([
      'MS4051 line 20: Istio 1.18 does not know retries.backoff; Istio 1.26 does',
      expect.stringMatching(/^MS4051 line 36: .*OPTIONAL_MUTUAL/),
    ]);
    expect(errors(drawn, '1.0').filter((line) => line.startsWith('MS4050'))).toEqual([
      'MS4050 line 1: Istio 1.0 has no Sidecar; it came with 1.1',
      expect.stringMatching(/^MS4050 line \d+: Istio 1.0 has no AuthorizationPolicy/),
    ]);
  });
});
