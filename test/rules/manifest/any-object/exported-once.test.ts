import { describe, expect, it } from 'vitest';
import { checked, destinationRule, manifest, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const exported = (...entries: readonly string[]) => `exportTo:\n${entries.map((entry) => `- "${entry}"\n`).join('')}`;
const only = ['MS5017'];

describe('exported-once', () => {
  it.each([
    ['.', '.'],
    ['.', 'bookinfo'],
    ['bookinfo', '.'],
    ['bookinfo', 'bookinfo'],
    ['shop', 'shop'],
    ['*', '*'],
  ])('error: %s and %s', (a, b) => {
    const spec = exported(a, b);
    const texts = [
      destinationRule(`${spec}host: reviews`),
      virtualService(`${spec}hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews}}]}]`),
      manifest('ServiceEntry', 'api', `${spec}hosts: [api.example.com]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: DNS`),
    ];
    for (const text of texts) expect(checked(text, { only }).findings).toEqual(['MS5017 line 7']);
  });

  it('fine: different ones', () => {
    expect(checked(destinationRule(`${exported('.', 'shop', 'Shop')}host: reviews`)).findings).toEqual([]);
    expect(checked(destinationRule('{exportTo: [], host: reviews}')).findings).toEqual([]);
  });

  it('fine: a name that nobody says is its own', () => {
    const text =
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a}\nspec: {host: a, exportTo: [., default]}\n';
    expect(checked(text).findings).toEqual([]);
    expect(checked(text, { namespace: 'default' }).findings).toEqual(['MS5017 line 4']);
  });

  it('leads to the line of the intent', () => {
    const found = rendered('service: reviews\nport: 9080\nversions: [v1]\nexportTo:\n- .\n- bookinfo\n').findings;
    expect(new Set(found)).toEqual(new Set(['MS5017 line 6']));
  });
});
