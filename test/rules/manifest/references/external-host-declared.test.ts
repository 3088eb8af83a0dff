import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest, virtualService } from '../../../support/checked.ts';
import { service } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const to = (host: string) => virtualService(`hosts: [reviews]\nhttp: [{route: [{destination: {host: ${host}}}]}]`);
const entry = (host: string, more = '') =>
  manifest('ServiceEntry', 'outside', `hosts: ["${host}"]\nports: [{number: 9080, name: http, protocol: HTTP}]\nresolution: DNS\n${more}`);
const found = (...texts: readonly string[]) =>
  checked(documents(...texts), { only: ['MS5702'] }).diagnostics.map(({ message, hints }) => [
    message.replace('VirtualService bookinfo/reviews leads to ', ''),
    ...hints,
  ]);

describe('external-host-declared', () => {
  it.each([
    ['declared', 'api.example.com', entry('api.example.com')],
    ['declared in other letters', 'API.example.com', entry('api.example.com')],
    ['beneath a wildcard', 'a.b.example.com', entry('*.example.com')],
    ['a wildcard as such', '"*.example.com"', entry('*.example.com')],
    ['of several clusters together', 'reviews.bookinfo.svc.clusterset.local', entry('api.example.com')],
    ['of the cluster', 'reviews.bookinfo.svc.cluster.local', entry('api.example.com')],
  ])('fine: %s', (_, host, declared) => {
    expect(found(to(host), declared)).toEqual([]);
  });

  it('silent where the input shows neither ServiceEntries nor Services', () => {
    expect(found(to('api.example.com'))).toEqual([]);
  });

  it('warning: nobody declares it', () => {
    expect(found(to('api.example.com'), entry('www.example.com'))).toEqual([['`api.example.com`, which no ServiceEntry declares']]);
    expect(found(to('example.com'), entry('*.example.com'))).toHaveLength(1);
    expect(found(to('api.example.com'), service('reviews'))).toHaveLength(1);
  });

  it('warning, also where unknown hosts are let through: a route is no call to an unknown host', () => {
    const text = documents(to('api.example.com'), entry('www.example.com'));
    expect(checked(text, { only: ['MS5702'], outboundTrafficPolicy: 'ALLOW_ANY' }).codes).toEqual(['MS5702']);
    expect(checked(text, { only: ['MS5702'], outboundTrafficPolicy: 'REGISTRY_ONLY' }).codes).toEqual(['MS5702']);
  });

  it('warning: a service under the domain of another cluster', () => {
    expect(found(to('reviews.bookinfo.svc.corp.local'), service('reviews'))).toEqual([
      [
        "`reviews.bookinfo.svc.corp.local`, which is no name of this mesh's domain cluster.local, and no ServiceEntry declares it",
        'write `reviews.bookinfo.svc.cluster.local`',
      ],
    ]);
  });

  it('counts a ServiceEntry that the registry shows, and leads to the words of an intent', () => {
    const intent = 'service: reviews\nport: 9080\nroutes:\n  - {match: {uri: {prefix: /x}}, to: {host: api.example.com}}\n';
    const registry = (host: string) => ({ environment: 'registry: [k8s]', files: { 'mesh/k8s/entry.yaml': entry(host) } });
    expect(rendered(intent, registry('www.example.com')).findings).toEqual(['MS5702 line 4']);
    expect(rendered(intent, registry('api.example.com')).findings).toEqual([]);
    expect(rendered(intent).findings).toEqual([]);
  });
});
