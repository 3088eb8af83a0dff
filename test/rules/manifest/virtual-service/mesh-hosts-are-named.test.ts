import { describe, expect, it } from 'vitest';
import { virtualService } from '../../../support/checked.ts';
import { found } from './found.ts';

const code = 'MS5104';
const http = 'http: [{route: [{destination: {host: reviews}}]}]';

describe('mesh-hosts-are-named', () => {
  it.each([
    ['without gateways', `hosts: ["*"]\n${http}`, ['MS5104 line 5: "*"']],
    ['beside another host', `hosts:\n- reviews\n- "*"\ngateways: []\n${http}`, ['MS5104 line 7: "*"']],
    ['in the mesh', `hosts: ["*"]\ngateways: [mesh]\n${http}`, ['MS5104 line 5: "*"']],
    ['in the mesh and at a gateway', `hosts: ["*"]\ngateways: [gw, mesh]\n${http}`, ['MS5104 line 5: "*"']],
  ])('error: all hosts %s', (_, spec, findings) => {
    expect(found(virtualService(spec), code)).toEqual(findings);
    expect(found(virtualService(spec), code, '1.0')).toEqual(findings);
  });

  it.each([
    ['all hosts at a gateway', `hosts: ["*"]\ngateways: [istio-system/gw]\n${http}`],
    ['some hosts', `hosts: ["*.local", reviews]\n${http}`],
    ['no hosts', http],
  ])('fine: %s', (_, spec) => {
    expect(found(virtualService(spec), code)).toEqual([]);
  });
});
