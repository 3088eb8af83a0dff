import { describe, expect, it } from 'vitest';
import { checked, destinationRule } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { everywhere, inEveryPlace } from './policy-places.ts';

const balanced = (words: string, setting = 'localityLbSetting') => `loadBalancer:\n  ${setting}:\n    ${words}`;
const failover = 'failover: [{from: eu, to: us}]';
const priority = 'failoverPriority: [version]';

describe('failover-detects-outliers', () => {
  it.each([failover, priority, `failover: []\n    ${priority}`])('warning: %s', (words) => {
    const line = words.startsWith('failover: []') ? 3 : 2;
    expect(everywhere(balanced(words))).toEqual(inEveryPlace('MS5214', line));
    expect(everywhere(balanced(words, 'zoneAwareLbSetting'))).toEqual(inEveryPlace('MS5214', line));
  });

  it('fine: detection beside it, or no failover', () => {
    expect(everywhere(`outlierDetection: {}\n${balanced(failover)}`)).toEqual([]);
    expect(everywhere(balanced('failover: []\n    failoverPriority: []'))).toEqual([]);
    expect(everywhere(balanced('distribute: [{from: eu, to: {eu: 100}}]'))).toEqual([]);
  });

  it('a subset has it from the host, a port from nowhere', () => {
    const host = 'host: reviews\ntrafficPolicy: {outlierDetection: {}}\nsubsets:\n';
    const setting = `{loadBalancer: {localityLbSetting: {${failover}}}}`;
    expect(checked(destinationRule(`${host}- {name: v1, trafficPolicy: ${setting}}`)).findings).toEqual([]);
    const port = `{port: {number: 80}, ${setting.slice(1)}`;
    const ofPort = `${host}- {name: v1, trafficPolicy: {portLevelSettings: [${port}]}}`;
    expect(checked(destinationRule(ofPort), { only: ['MS5214'] }).findings).toEqual(['MS5214 line 8']);
  });

  it('says where Istio keeps silent', () => {
    const hints = (spec: string) => checked(destinationRule(`host: reviews\n${spec}`)).diagnostics.map((finding) => finding.hints);
    const policy = `{loadBalancer: {localityLbSetting: {${failover}}}}`;
    expect(hints(`trafficPolicy: ${policy}`)).toEqual([[]]);
    const lost = [['Istio itself loses this warning in a subset and for a port']];
    expect(hints(`subsets: [{name: v1, trafficPolicy: ${policy}}]`)).toEqual(lost);
    expect(hints(`trafficPolicy: {portLevelSettings: [{port: {number: 80}, ${policy.slice(1)}]}`)).toEqual(lost);
  });

  it('leads to the line of the intent', () => {
    expect(rendered(`service: reviews\nport: 9080\n${balanced(failover)}\n`).findings).toEqual(['MS5214 line 5']);
  });
});
