import { describe, expect, it } from 'vitest';
import { checked, manifest } from '../../../support/checked.ts';

const authorizationPolicy = (spec: string) => manifest('AuthorizationPolicy', 'ratings', spec, { group: 'security' });
const only = ['MS5610'];

describe('condition-values-fit-their-key', () => {
  it.each([
    [
      'source.ip',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - 10.0.0.0/33'),
      ['MS5610 line 9'],
    ],
    [
      'remote.ip',
      authorizationPolicy('rules:\n  - when:\n      - key: remote.ip\n        values:\n          - 10.0.0.0/33'),
      ['MS5610 line 9'],
    ],
    [
      'destination.ip',
      authorizationPolicy('rules:\n  - when:\n      - key: destination.ip\n        values:\n          - 10.0.0.0/33'),
      ['MS5610 line 9'],
    ],
    [
      'source.ip: a name',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - a.example.com'),
      ['MS5610 line 9'],
    ],
    [
      'source.ip: three numbers',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - 10.0.0'),
      ['MS5610 line 9'],
    ],
    [
      'source.ip: a zero before',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - 010.0.0.1'),
      ['MS5610 line 9'],
    ],
    [
      'source.ip: IPv6 with two gaps',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "1::2::3"'),
      ['MS5610 line 9'],
    ],
    [
      'source.ip: IPv6 that is too long',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "1:2:3:4:5:6:7:8:9"'),
      ['MS5610 line 9'],
    ],
    [
      'source.ip: IPv6 with too many bits',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "::/129"'),
      ['MS5610 line 9'],
    ],
    [
      'source.ip: a zone with bits',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "fe80::1%a/64"'),
      ['MS5610 line 9'],
    ],
    [
      'source.ip: bits alone',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - /8'),
      ['MS5610 line 9'],
    ],
    [
      'destination.port: 65536',
      authorizationPolicy('rules:\n  - when:\n      - key: destination.port\n        values:\n          - "65536"'),
      ['MS5610 line 9'],
    ],
    [
      'destination.port: -1',
      authorizationPolicy('rules:\n  - when:\n      - key: destination.port\n        values:\n          - "-1"'),
      ['MS5610 line 9'],
    ],
    [
      'destination.port: +1',
      authorizationPolicy('rules:\n  - when:\n      - key: destination.port\n        values:\n          - "+1"'),
      ['MS5610 line 9'],
    ],
    [
      'destination.port: http',
      authorizationPolicy('rules:\n  - when:\n      - key: destination.port\n        values:\n          - http'),
      ['MS5610 line 9'],
    ],
    [
      'destination.port: 8080-8090',
      authorizationPolicy('rules:\n  - when:\n      - key: destination.port\n        values:\n          - "8080-8090"'),
      ['MS5610 line 9'],
    ],
    [
      'destination.port: 1e2',
      authorizationPolicy('rules:\n  - when:\n      - key: destination.port\n        values:\n          - "1e2"'),
      ['MS5610 line 9'],
    ],
    [
      'source.serviceAccount: a/b/c',
      authorizationPolicy('rules:\n  - when:\n      - key: source.serviceAccount\n        values:\n          - a/b/c'),
      ['MS5610 line 9'],
    ],
    [
      'source.serviceAccount: /a',
      authorizationPolicy('rules:\n  - when:\n      - key: source.serviceAccount\n        values:\n          - /a'),
      ['MS5610 line 9'],
    ],
    [
      'source.serviceAccount: a/',
      authorizationPolicy('rules:\n  - when:\n      - key: source.serviceAccount\n        values:\n          - a/'),
      ['MS5610 line 9'],
    ],
    [
      'source.serviceAccount: *',
      authorizationPolicy('rules:\n  - when:\n      - key: source.serviceAccount\n        values:\n          - "*"'),
      ['MS5610 line 9'],
    ],
    [
      'source.serviceAccount: 321 letters',
      authorizationPolicy(
        'rules:\n  - when:\n      - key: source.serviceAccount\n        values:\n          - aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      ),
      ['MS5610 line 9'],
    ],
    [
      'source.serviceAccount: 17 of them',
      authorizationPolicy(
        'rules:\n  - when:\n      - key: source.serviceAccount\n        values: [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16]',
      ),
      ['MS5610 line 8'],
    ],
    [
      'source.trustDomain: a*b',
      authorizationPolicy('rules:\n  - when:\n      - key: source.trustDomain\n        values:\n          - a*b'),
      ['MS5610 line 9'],
    ],
    [
      'source.trustDomain: *a*',
      authorizationPolicy('rules:\n  - when:\n      - key: source.trustDomain\n        values:\n          - "*a*"'),
      ['MS5610 line 9'],
    ],
    [
      'source.trustDomain: **',
      authorizationPolicy('rules:\n  - when:\n      - key: source.trustDomain\n        values:\n          - "**"'),
      ['MS5610 line 9'],
    ],
    [
      'notValues',
      authorizationPolicy('rules:\n  - when:\n      - key: destination.port\n        notValues:\n          - http'),
      ['MS5610 line 9'],
    ],
  ])('error: %s', (_, text, findings) => {
    expect(checked(text, { only }).findings).toEqual(findings);
  });

  it.each([
    ['source.ip: 10.0.0.1', authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - 10.0.0.1')],
    ['source.ip: 10.0.0.0/0', authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - 10.0.0.0/0')],
    ['source.ip: 10.0.0.1/32', authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - 10.0.0.1/32')],
    ['source.ip: ::', authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "::"')],
    ['source.ip: ::1', authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "::1"')],
    ['source.ip: 1::', authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "1::"')],
    ['source.ip: ::/128', authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "::/128"')],
    [
      'source.ip: 1:2:3:4:5:6:7:8',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "1:2:3:4:5:6:7:8"'),
    ],
    [
      'source.ip: ::ffff:1.2.3.4',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "::ffff:1.2.3.4"'),
    ],
    [
      'source.ip: fe80::1%eth0',
      authorizationPolicy('rules:\n  - when:\n      - key: source.ip\n        values:\n          - "fe80::1%eth0"'),
    ],
    ['destination.port: 0', authorizationPolicy('rules:\n  - when:\n      - key: destination.port\n        values:\n          - "0"')],
    [
      'destination.port: 65535',
      authorizationPolicy('rules:\n  - when:\n      - key: destination.port\n        values:\n          - "65535"'),
    ],
    ['destination.port: 080', authorizationPolicy('rules:\n  - when:\n      - key: destination.port\n        values:\n          - "080"')],
    [
      'source.serviceAccount: a',
      authorizationPolicy('rules:\n  - when:\n      - key: source.serviceAccount\n        values:\n          - a'),
    ],
    [
      'source.serviceAccount: a/b',
      authorizationPolicy('rules:\n  - when:\n      - key: source.serviceAccount\n        values:\n          - a/b'),
    ],
    [
      'source.serviceAccount: 320 letters',
      authorizationPolicy(
        'rules:\n  - when:\n      - key: source.serviceAccount\n        values:\n          - aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      ),
    ],
    ['source.trustDomain: a', authorizationPolicy('rules:\n  - when:\n      - key: source.trustDomain\n        values:\n          - a')],
    ['source.trustDomain: *', authorizationPolicy('rules:\n  - when:\n      - key: source.trustDomain\n        values:\n          - "*"')],
    [
      'source.trustDomain: *a',
      authorizationPolicy('rules:\n  - when:\n      - key: source.trustDomain\n        values:\n          - "*a"'),
    ],
    [
      'source.trustDomain: a*',
      authorizationPolicy('rules:\n  - when:\n      - key: source.trustDomain\n        values:\n          - "a*"'),
    ],
    [
      'source.trustDomain: a/b',
      authorizationPolicy('rules:\n  - when:\n      - key: source.trustDomain\n        values:\n          - a/b'),
    ],
    ['source.namespace: a*b', authorizationPolicy('rules:\n  - when:\n      - key: source.namespace\n        values:\n          - "a*b"')],
    [
      'request.headers[a]: a*b',
      authorizationPolicy('rules:\n  - when:\n      - key: "request.headers[a]"\n        values:\n          - a*b'),
    ],
    [
      'source.serviceAccount: 16 of them',
      authorizationPolicy(
        'rules:\n  - when:\n      - key: source.serviceAccount\n        values: [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15]',
      ),
    ],
  ])('fine: %s', (_, text) => {
    expect(checked(text, { only }).findings).toEqual([]);
  });
});
