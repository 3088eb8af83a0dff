import { describe, expect, it } from 'vitest';
import { rendered } from '../../support/rendered.ts';

const budget = 'retryBudget: {percent: 20}';
const messages = (intent: string) =>
  rendered(intent)
    .diagnostics.filter(({ code }) => code === 'MS3040')
    .map(({ message }) => message);

describe('ports-keep-host-policy', () => {
  it.each([
    [
      'a port',
      `service: a\nports: {http: {number: 80, loadBalancer: RANDOM}}\n${budget}\n`,
      '`retryBudget` of a does not hold on port 80, which has a policy of its own',
    ],
    [
      'a port of a version',
      `service: a\nports: {http: 80}\nversions: {v1: {ports: {http: {loadBalancer: RANDOM}}}}\nstable: v1\nproxyProtocol: {version: V1}\n`,
      '`proxyProtocol` of a does not hold on port 80 of v1, which has a policy of its own',
    ],
    [
      'two ports',
      `service: a\nports: {http: {number: 80, tls: {mode: SIMPLE}}, grpc: {number: 81, loadBalancer: RANDOM}}\n${budget}\n`,
      '`retryBudget` of a does not hold on port 80 and port 81, which have policies of their own',
    ],
  ])('warning: %s', (_, intent, message) => {
    expect(messages(intent)).toEqual([message]);
  });

  it('stands at the word', () => {
    expect(rendered(`service: a\nports: {http: {number: 80, loadBalancer: RANDOM}}\n${budget}\n`).findings).toEqual(['MS3040 line 3']);
  });

  it.each([
    ['nothing is said for a port', `service: a\nports: {http: 80}\nloadBalancer: RANDOM\n${budget}\n`],
    [
      'a tunnel, which is read past the port',
      'service: a\nports: {tcp: {number: 80, loadBalancer: RANDOM}}\ntunnel: {targetHost: b.c, targetPort: 1}\n',
    ],
  ])('fine: %s', (_, intent) => {
    expect(messages(intent)).toEqual([]);
  });
});
