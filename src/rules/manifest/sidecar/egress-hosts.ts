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
  readonly pointer: Pointer;
}

/** The hosts of a listener as Istio reads them from 1.31 on (pilot/pkg/model/sidecar.go). */
export function egressHostsOf({ listener, pointer }: ListenerPart, home: string): readonly EgressHost[] {
  return listOr(listener.hosts).flatMap((written, i): readonly EgressHost[] => {
    if (typeof written !== 'string') return [];
    const excludes = written.startsWith('~');
    const slash = written.indexOf('/');
    const namespace = written.slice(excludes ? 1 : 0, slash);
    return [
      {
        written,
        excludes,
        namespace: namespace === '.' ? home : namespace || '*',
        host: written.slice(slash + 1),
        pointer: `${pointer}/hosts/${i}`,
      },
    ];
  });
}

/** '`a`', '`a` and `b`', '`a` and 7 more'. */
export function someOf(hosts: readonly EgressHost[]): string {
  const [first, second] = hosts.map(({ written }) => `\`${written}\``);
  if (second === undefined) return String(first);
  return hosts.length === 2 ? `${first} and ${second}` : `${first} and ${hosts.length - 1} more`;
}
