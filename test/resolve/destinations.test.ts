import { describe, expect, it } from 'vitest';
import { documents } from '../support/builders.ts';
import { rendered, routeLines } from '../support/rendered.ts';

const to = (target: string, extra = '') => `service: a\nport: 80\nroutes: [{match: {uri: {prefix: /x}}, to: ${target}${extra}}]\n`;
const lines = (...texts: readonly string[]) => routeLines(rendered(documents(...texts)).http('VirtualService a'));
const findings = (...texts: readonly string[]) => rendered(documents(...texts)).findings;

const legacy =
  'service: legacy\nport: 8080\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, percent: 20}\npins: [{user: jason, version: v2}]\n';

describe('to: {service} is what that service itself would answer', () => {
  it('its pins, its shares and its port', () => {
    expect(lines(to('{service: legacy}'), legacy)).toEqual([
      'uri^/x & end-user=jason → legacy:8080/v2',
      'uri^/x → legacy:8080/v1=80 legacy:8080/v2=20',
      'all → a',
    ]);
  });

  it('in another namespace: fully qualified, whatever its routes lead to or copy to', () => {
    const routes = 'routes: [{match: {uri: {prefix: /x/old}}, to: {host: old, port: 99}}, {match: {uri: {prefix: /x/m}}, mirror: v2}]\n';
    const http = rendered(documents(to('{service: shop/legacy}'), `${legacy}namespace: shop\n${routes}`)).http('VirtualService a');
    const fqdn = 'legacy.shop.svc.cluster.local';
    expect(routeLines(http).slice(0, 3)).toEqual([
      'uri^/x/old → old.shop.svc.cluster.local:99',
      `uri^/x/m & end-user=jason → ${fqdn}:8080/v2`,
      `uri^/x/m → ${fqdn}:8080/v1=80 ${fqdn}:8080/v2=20`,
    ]);
    expect(http[1]?.mirror).toEqual({ host: fqdn, subset: 'v2', port: { number: 8080 } });
  });

  it('the fields of the inner route hold unless the outer one says otherwise', () => {
    const timeouts = (outer: string) =>
      rendered(documents(to('{service: legacy}', outer), `${legacy}timeout: 5s\n`))
        .http('VirtualService a')
        .map(({ timeout }) => timeout);
    expect(timeouts('')).toEqual(['5s', '5s', undefined]);
    expect(timeouts(', timeout: 1s')).toEqual(['1s', '1s', undefined]);
  });

  it('of several http ports one must be named, by key or number', () => {
    const two = 'service: b\nports: {http: 80, grpc: 81, tcp: 82}\n';
    expect(lines(to('{service: b, port: grpc}'), two)[0]).toBe('uri^/x → b:81');
    expect(lines(to('{service: b, port: 81}'), two)[0]).toBe('uri^/x → b:81');
    expect(findings(to('{service: b}'), two)).toEqual(['MS2035 line 3']);
    expect(findings(to('{service: b, port: 99}'), two)).toEqual(['MS2035 line 3']);
  });

  it('circles are errors, to oneself as well', () => {
    expect(findings(to('{service: b}'), 'service: b\nport: 80\nroutes: [{to: {service: a}}]\n')).toEqual([
      'MS2006 line 7',
      'MS2006 line 3',
    ]);
    expect(findings(to('{service: a}'))).toEqual(['MS2006 line 3']);
  });
});

describe('other destinations', () => {
  it.each([
    ['v2', 'uri^/x → legacy/v2'],
    ['{v1: 80, v2: 20}', 'uri^/x → legacy/v1=80 legacy/v2=20'],
  ])('to: %s', (target, expected) => {
    const routes = `routes: [{match: {uri: {prefix: /x}}, to: ${target}}]\n`;
    expect(routeLines(rendered(legacy + routes).http('VirtualService legacy'))[0]).toBe(expected);
  });

  it('a host carries a port: its own word, that of the service behind it, or the one requests arrive at', () => {
    expect(lines(to('{host: out.example, port: 99}'))[0]).toBe('uri^/x → out.example:99');
    expect(lines(to('{host: plain}'), 'service: plain\nport: 7000\n')[0]).toBe('uri^/x → plain:7000');
    expect(lines(to('{host: out.example}'))[0]).toBe('uri^/x → out.example:80');
  });

  it('the bare host of a service that has versions is an error, for mirrors too', () => {
    expect(findings(to('{host: legacy}'), legacy)).toEqual(['MS2005 line 3']);
    expect(findings(to('{host: legacy.bookinfo.svc.cluster.local}'), legacy)).toEqual(['MS2005 line 3']);
    expect(findings('service: a\nport: 80\nmirror: {host: legacy}\n', legacy)).toEqual(['MS2005 line 3']);
    expect(findings('service: a\nport: 80\nmirrors: [{destination: {host: legacy}}]\n', legacy)).toEqual(['MS2005 line 3']);
  });

  it('unknown names are errors with help', () => {
    const result = rendered(documents(to('{service: legcy}'), legacy));
    expect([result.findings, result.diagnostics[0]?.hints]).toEqual([['MS2002 line 3'], ['did you mean `legacy`?']]);
    const twins = documents(to('{service: b}'), 'service: b\nnamespace: n1\n', 'service: b\nnamespace: n2\n');
    expect(rendered(twins).diagnostics[0]?.hints).toEqual(['write `n1/b` or `n2/b`']);
  });

  const external = (words: string) => `external: e\nhosts: [e.example]\n${words}\n`;

  it('an external, where it really is', () => {
    expect(lines(to('{external: e}'), external('ports: {http: 8080}'))[0]).toBe('uri^/x → e.example:8080');
    const rewrite = 'ports: {http: 80, https: 443}\noriginateTls: {form: rewrite}';
    expect(lines(to('{external: e}'), external(rewrite))[0]).toBe('uri^/x → e.example:443');
  });

  it('never in the clear to a TLS port, and never past its egress gateway', () => {
    expect(findings(to('{external: e}'), external('ports: {https: 443}'))).toEqual(['MS2038 line 3']);
    expect(lines(to('{external: e}'), external('ports: {https: {number: 443, tls: {mode: SIMPLE}}}'))[0]).toBe('uri^/x → e.example:443');
    expect(findings(to('{external: e}'), external('ports: {http: 80}\nvia: istio-egressgateway'))).toEqual(['MS2017 line 3']);
  });
});

describe('mirror', () => {
  const mirrored = (words: string, other: string, istio = '1.31') =>
    rendered(documents(`service: a\nport: 80\n${words}`, other), { istio });
  const split = 'service: b\nport: 90\nversions: [v1, v2]\nsplit: {v1: 40, v2: 60}\n';

  it('to a service goes where its requests go', () => {
    const [route] = mirrored('mirror: {service: legacy}\nmirrorPercentage: {value: 5}\n', legacy.replace(/canary.*\n/, '')).http(
      'VirtualService a',
    );
    expect([route?.mirror, route?.mirrorPercentage]).toEqual([{ host: 'legacy', subset: 'v1', port: { number: 8080 } }, { value: 5 }]);
  });

  it('to a service with shares: a mirror for each, from 1.20', () => {
    const [route] = mirrored('mirror: {service: b}\nmirrorPercentage: {value: 50}\n', split).http('VirtualService a');
    expect(route).not.toHaveProperty('mirror');
    expect(route?.mirrors).toEqual([
      { destination: { host: 'b', subset: 'v1', port: { number: 90 } }, percentage: { value: 20 } },
      { destination: { host: 'b', subset: 'v2', port: { number: 90 } }, percentage: { value: 30 } },
    ]);
    expect(mirrored('mirror: {service: b}\n', split, '1.19').findings).toEqual(['MS2008 line 3']);
  });
});

describe('a service that answers by itself', () => {
  const answering = (answer: string) =>
    `service: old\nport: 80\nroutes: [{match: {uri: {prefix: /gone}}, ${answer}}]\nversions: [v1]\nstable: v1\n`;
  const led = (words: string) =>
    `service: shop\nport: 80\nroutes: [{match: {uri: {prefix: /}}, to: {service: old}${words}}]\ntimeout: 3s\nretries: {attempts: 2}\n`;

  it.each(['redirect: {uri: /new}', 'directResponse: {status: 410}'])(
    'keeps its answer, without what only requests on their way can carry: %s',
    (answer) => {
      const { codes, http } = rendered(`${led(', mirror: {host: copy}')}---\n${answering(answer)}`);
      expect(codes).toEqual([]);
      const [answered] = http('VirtualService shop').filter((route) => route.redirect !== undefined || route.directResponse !== undefined);
      expect(Object.keys(answered ?? {}).sort()).toEqual(['match', answer.slice(0, answer.indexOf(':'))].sort());
    },
  );

  it.each(['fault: {abort: {percentage: {value: 1}, httpStatus: 500}}', 'rewrite: {uri: /}'])(
    'can not be failed or rewritten on the way: %s',
    (words) => {
      expect(rendered(`${led(`, ${words}`)}---\n${answering('directResponse: {status: 410}')}`).codes).toEqual(['MS2054']);
    },
  );
});
