import { type CheckWishes, checked, destinationRule } from '../../../support/checked.ts';
import { spelledFor } from '../spelled-for.ts';

const indented = (blocks: string, by: number) => blocks.trimEnd().replaceAll(/^(?=.)/gm, ' '.repeat(by));

/** The four places of a policy: of the host, of a port, of a subset, of a subset's port. The blocks' first lines: 7, 9, 10, 12. */
const places: readonly ((blocks: string) => string)[] = [
  (blocks) => `host: reviews\ntrafficPolicy:\n${indented(blocks, 2)}`,
  (blocks) => `host: reviews\ntrafficPolicy:\n  portLevelSettings:\n  - port: {number: 9080}\n${indented(blocks, 4)}`,
  (blocks) => `host: reviews\nsubsets:\n- name: v1\n  labels: {version: v1}\n  trafficPolicy:\n${indented(blocks, 4)}`,
  (blocks) =>
    `host: reviews\nsubsets:\n- name: v1\n  labels: {version: v1}\n  trafficPolicy:\n    portLevelSettings:\n    - port: {number: 9080}\n${indented(blocks, 6)}`,
];

/** What is found where these blocks of a policy stand in each of the four places in turn. */
export function everywhere(blocks: string, wishes: CheckWishes = {}): readonly string[] {
  return places.flatMap((place) => checked(spelledFor(wishes.istio, destinationRule(place(blocks))), wishes).findings);
}

/** A finding in each of the four places, at the blocks' line with this number, counted from 0. */
export function inEveryPlace(code: string, line = 0): readonly string[] {
  return [7, 9, 10, 12].map((first) => `${code} line ${first + line}`);
}
