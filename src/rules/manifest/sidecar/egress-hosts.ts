import type { ListenerPart } from '../../../istio/listener-parts.ts';
import { listOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';

/** An entry of `egress[].hosts`, taken apart. */
export interface EgressHost {
  readonly written: string;
  /** '~ns/host' takes hosts away again. */
  readonly excludes: boolean;
  /** '*' = any; '.' is written out. */
  readonly namespace: string;
  /** '*' = any. */
  readonly host: string;
  readonly index: number;
}

/** The hosts of a listener as Istio reads them from 1.31 on (pilot/pkg/model/sidecar.go). */
export function egressHostsOf({ listener }: ListenerPart, home: string): readonly EgressHost[] {
  const hosts: EgressHost[] = [];
  for (const [index, written] of listOr(listener.hosts).entries()) {
    if (typeof written !== 'string') continue;
    const excludes = written.startsWith('~');
    const slash = written.indexOf('/');
    const namespace = written.slice(excludes ? 1 : 0, slash);
    hosts.push({ written, excludes, namespace: namespace === '.' ? home : namespace || '*', host: written.slice(slash + 1), index });
  }
  return hosts;
}

/** Whether a listener excludes anything, which few do. */
export function hasExclusions({ listener }: ListenerPart): boolean {
  return listOr(listener.hosts).some((written) => typeof written === 'string' && written.startsWith('~'));
}

export function placeOf({ pointer }: ListenerPart, { index }: EgressHost): Pointer {
  return `${pointer}/hosts/${index}`;
}

/** '`a`', '`a` and `b`', '`a` and 7 more'. */
export function someOf(hosts: readonly EgressHost[]): string {
  const [first, second] = hosts.map(({ written }) => `\`${written}\``);
  if (second === undefined) return String(first);
  return hosts.length === 2 ? `${first} and ${second}` : `${first} and ${hosts.length - 1} more`;
}
