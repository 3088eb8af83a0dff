import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';

const only = ['MS5813'];
const entry = (hosts: string) =>
  manifest('ServiceEntry', 'one', `hosts: [${hosts}]\nports: [{number: 80, name: http, protocol: HTTP}]\nresolution: DNS`);
const service = (more = '') =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: bookinfo}\nspec: {ports: [{port: 80}]${more}}\n`;

describe('entry-host-is-no-service', () => {
  it('warning: a host that is a Service', () => {
    const text = documents(entry('a.example.com, reviews.bookinfo.svc.cluster.local'), service());
    expect(checked(text, { only }).findings).toEqual(['MS5813 line 5']);
    expect(checked(text, { only }).diagnostics[0]?.message).toMatch(/is the Kubernetes Service bookinfo\/reviews$/);
    expect(checked(documents(entry('reviews.bookinfo.svc.corp.local'), service()), { only, clusterDomain: 'corp.local' }).codes).toEqual(
      only,
    );
  });

  it('fine: another name; nothing tells; an alias for what is outside', () => {
    expect(checked(documents(entry('ratings.bookinfo.svc.cluster.local'), service()), { only }).findings).toEqual([]);
    expect(checked(entry('reviews.bookinfo.svc.cluster.local'), { only }).findings).toEqual([]);
    const alias = service(', type: ExternalName, externalName: a.example.com');
    expect(checked(documents(entry('reviews.bookinfo.svc.cluster.local'), alias), { only }).findings).toEqual([]);
  });
});
