import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, manifest } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const only = ['MS5812'];

/** Seven lines, the hosts on the fifth. */
const entry = (name: string, port: number, more = 'resolution: DNS', namespace = 'bookinfo') =>
  manifest('ServiceEntry', name, `hosts: [api.example.com]\nports: [{number: ${port}, name: http, protocol: HTTP}]\n${more}`, {
    namespace,
  });
const labelled = (text: string, label: string) => text.replace('namespace:', `labels: {team: ${label}}, namespace:`);

describe('service-entries-add-up', () => {
  it.each([
    ['resolution', 80, 'resolution: DNS', 'resolution: STATIC'],
    ['resolution', 80, 'resolution: DNS', 'location: MESH_EXTERNAL'],
    ['location', 80, 'resolution: DNS', 'resolution: DNS\nlocation: MESH_INTERNAL'],
    ['exportTo', 81, 'resolution: DNS', 'resolution: DNS\nexportTo: ["*"]'],
    [
      'workloadSelector',
      81,
      'resolution: STATIC\nworkloadSelector: {labels: {app: a}}',
      'resolution: STATIC\nworkloadSelector: {labels: {app: b}}',
    ],
  ])('warning: another %s', (word, port, one, other) => {
    const { codes, diagnostics } = checked(documents(entry('one', 80, one), entry('two', port, other)), { only });
    expect(codes).toEqual(only);
    expect(diagnostics[0]?.message).toBe(
      `ServiceEntry bookinfo/two and ServiceEntry bookinfo/one both declare api.example.com, but differ in \`${word}\``,
    );
  });

  it('warning: labels of their own keep the ports apart', () => {
    const labels = (port: number) => documents(labelled(entry('one', 80), 'a'), labelled(entry('two', port), 'b'));
    expect(checked(labels(81), { only }).findings).toEqual(['MS5812 line 13']);
    expect(checked(labels(80), { only }).findings).toEqual([]);
  });

  it.each([
    ['further ports, which are added', entry('two', 81)],
    ['the same once more', entry('two', 80)],
    ['exported otherwise, with the same ports', entry('two', 80, 'resolution: DNS\nexportTo: ["*"]')],
    ['another namespace, whose clients have their own', entry('two', 80, 'resolution: STATIC', 'shop')],
    ['resolution and location as they are by default', entry('two', 81, 'resolution: DNS\nlocation: MESH_EXTERNAL')],
  ])('fine: %s', (_, other) => {
    expect(checked(documents(entry('one', 80), other), { only }).findings).toEqual([]);
  });

  it('leads to the intent', () => {
    const external = (name: string, resolution: string) =>
      `external: ${name}\nhosts: [api.example.com]\nports: {http: 80}\nresolution: ${resolution}\n`;
    expect(rendered(documents(external('one', 'DNS'), external('two', 'NONE'))).findings).toEqual(['MS5812 line 7']);
  });
});
