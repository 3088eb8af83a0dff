import { describe, expect, it } from 'vitest';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const check = (words: string) => marked(sidecarOf(`egress:\n- {${words}, hosts: ["./*"]}`), { only: ['MS5511'] });
const socket = 'bind: "unix:///run/app.sock"';

describe('egress-bind-fits-port', () => {
  it.each([
    ['port: {protocol: HTTP}', '{protocol: HTTP}'],
    ['port: {number: 0}', '{number: 0}'],
    ['port: {number: 0}, bind: 127.0.0.1', '{number: 0}'],
    [`port: {number: 1}, ${socket}`, '"unix:///run/app.sock"'],
    [`port: {number: 0}, ${socket}, captureMode: IPTABLES`, 'IPTABLES'],
    [`port: {}, ${socket}, captureMode: IPTABLES`, 'IPTABLES'],
  ])('error: %s', (words, marks) => {
    expect(check(words)).toEqual([`MS5511 line 6: ${marks}`]);
  });

  it.each([
    'port: {number: 1}',
    'port: {number: 65535}, bind: 127.0.0.1',
    'port: {number: 80}, bind: "::1", captureMode: IPTABLES',
    'port: {number: 80}, bind: ""',
    `port: {number: 0}, ${socket}`,
    `port: {}, ${socket}, captureMode: NONE`,
    `port: {}, ${socket}, captureMode: DEFAULT`,
    'captureMode: NONE, bind: 127.0.0.1',
  ])('fine: %s', (words) => {
    expect(check(words)).toEqual([]);
  });
});
