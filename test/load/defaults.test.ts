import { describe, expect, it } from 'vitest';
import { rendered } from '../support/rendered.ts';

const abstract = 'environment: base\nabstract: true\n';

describe('defaults lie beneath all', () => {
  it("the intent's own value wins, maps merge, null takes away", () => {
    const environment = 'defaults: {service: {timeout: 5s, retries: {attempts: 2, perTryTimeout: 1s}}}';
    const intents = 'service: a\n---\nservice: b\ntimeout: null\nretries: {attempts: 9}\n---\nservice: c\ntimeout: 1s\n';
    const result = rendered(intents, { environment });
    expect(result.http('VirtualService a')).toMatchObject([{ timeout: '5s', retries: { attempts: 2, perTryTimeout: '1s' } }]);
    expect(result.http('VirtualService b')).toMatchObject([{ retries: { attempts: 9, perTryTimeout: '1s' } }]);
    expect(result.http('VirtualService b')[0]).not.toHaveProperty('timeout');
    expect(result.http('VirtualService c')).toMatchObject([{ timeout: '1s' }]);
  });

  const inherited = (environment: string) =>
    rendered('service: m\nstable: v1\n', {
      environment: `extends: [base]\n${environment}`,
      files: {
        'base/environment.yaml': `${abstract}defaults: {service: {timeout: 5s, connectionPool: {tcp: {maxConnections: 1}}}}\n`,
        'base/m.yaml': 'service: m\nversions: [v1]\n',
      },
    }).http('VirtualService m')[0];

  it('merge along extends; beneath the intents of every folder', () => {
    expect(inherited('')).toMatchObject({ timeout: '5s' });
    expect(inherited('defaults: {service: {timeout: 6s}}')).toMatchObject({ timeout: '6s' });
  });

  it.each(['defaults: null', 'defaults: {service: null}', 'defaults: {service: {timeout: null}}'])(
    '%s takes away what a lower folder says',
    (words) => {
      expect(inherited(words)).not.toHaveProperty('timeout');
    },
  );

  it('short forms are written out here, too', () => {
    const result = rendered('service: m\nstable: v1\n', { environment: 'defaults: {service: {port: 80, versions: [v1]}}' });
    expect(result.spec('DestinationRule m').subsets).toEqual([{ name: 'v1', labels: { version: 'v1' } }]);
  });

  it('place objects, but are no part of an identity', () => {
    expect(rendered('service: m\nversions: [v1]\n', { environment: 'defaults: {service: {namespace: shop}}' }).titles).toEqual([
      'DestinationRule shop/m',
    ]);
  });

  it.each([
    ['an unknown word, said once however many intents there are', '{service: {timeot: 6s}}', 'MS1040 mesh/environment.yaml line 4'],
    ['a name', '{service: {service: x}}', 'MS1051 mesh/environment.yaml line 4'],
    ['a kind that does not exist', '{servce: {}}', 'MS1040 mesh/environment.yaml line 4'],
  ])('refused: %s', (_, words, finding) => {
    expect(rendered('service: a\n---\nservice: b\n', { environment: `defaults: ${words}` }).findings).toEqual([finding]);
  });
});
