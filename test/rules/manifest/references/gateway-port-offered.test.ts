import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { deployment, service } from '../../../support/cluster-objects.ts';

const gateway = (port: number, more = '') =>
  manifest('Gateway', 'gw', `selector: {app: gw}\nservers: [{port: {number: ${port}, name: http, protocol: HTTP}, hosts: ["*"]${more}}]`);
const pods = (pod = '') => deployment('gw', 'app: gw', { pod });
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5719'] });

describe('gateway-port-offered', () => {
  it.each([
    // Istio's own analyzer reports the first two, because they leave out `protocol: TCP`, which is the default.
    ["the Service's port", gateway(80), pods(), service('gw', ['name: http, port: 80, targetPort: 8080'])],
    ["the pods' port", gateway(8080), pods(), service('gw', ['name: http, port: 80, targetPort: 8080'])],
    [
      "a container's port by its name",
      gateway(8080),
      pods('containers: [{name: p, ports: [{name: web, containerPort: 8080}]}]'),
      service('gw', ['name: http, port: 80, targetPort: web']),
    ],
    ['a name that the template does not show', gateway(8080), pods(), service('gw', ['name: http, port: 80, targetPort: web'])],
    ['one of two Services', gateway(81), pods(), service('gw', [80]), service('gw-2', [81], { spec: 'selector: {app: gw}' })],
    ["the node's own address", gateway(81), pods('hostNetwork: true'), service('gw', [80])],
    [
      'a port of the node',
      gateway(8080),
      pods('containers: [{name: p, ports: [{containerPort: 80, hostPort: 8080}]}]'),
      service('gw', [80]),
    ],
    ['Services that nothing tells of', gateway(81), pods()],
    ['pods that nothing tells of', gateway(81), service('gw', [80])],
    ['a bind of its own', gateway(81, ', bind: 10.0.0.1'), pods(), service('gw', [80])],
  ])('fine: through %s', (_, ...texts) => {
    expect(found(...texts).codes).toEqual([]);
  });

  it('warning: another port', () => {
    const { findings, diagnostics } = found(gateway(8004), pods(), service('gw', [80, 443]));
    expect([findings, diagnostics[0]?.message]).toEqual([
      ['MS5719 line 6'],
      "Gateway bookinfo/gw listens on port 8004, but of its pods' Services bookinfo/gw offers 80 and 443",
    ]);
  });

  it.each([
    ['a port by UDP', service('gw', ['name: quic, port: 81, protocol: UDP'])],
    ['a Service of another namespace', service('gw', [81], { namespace: 'other' }) + '---\n' + service('gw', [80])],
    ["the name of a container's other port", service('gw', ['name: http, port: 80, targetPort: web'])],
  ])('warning: %s', (_, offered) => {
    expect(found(gateway(81), pods('containers: [{name: p, ports: [{name: web, containerPort: 8080}]}]'), offered).codes).toEqual([
      'MS5719',
    ]);
  });

  it('warning: no Service leads to the pods', () => {
    const [finding] = found(gateway(80), pods(), service('other', [80])).diagnostics;
    expect(finding?.message).toBe('Gateway bookinfo/gw listens on port 80, but no Service leads to its pods (bookinfo/gw)');
  });
});
