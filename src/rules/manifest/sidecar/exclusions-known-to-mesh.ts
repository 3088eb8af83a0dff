import { listenersOf } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { egressHostsOf, placeOf } from './egress-hosts.ts';

/** Meshes before 1.31 know no `~namespace/host`, only `~/*` (Istio: agent/validation.go ValidateNamespaceSlashWildcardHostname; release note 60139). */
export const exclusionsKnownToMesh = defineObjectRule<{ id: string; host: string; mesh: string }>({
  code: 'MS5513',
  name: 'exclusions-known-to-mesh',
  severity: 'error',
  summary: ({ id, host, mesh }) => `${id} excludes \`${host}\`, which Istio ${mesh} cannot`,
  why: 'Hosts are excluded from 1.31 on; older meshes take `~namespace` for a misspelt namespace and reject the Sidecar.',
  fix: 'Name the hosts that are called instead, one by one or by namespace.',
  since: '0.1.0',
  reads: ['Sidecar'],
  meshes: { to: 30 },
  check(object, report, { environment }) {
    for (const listener of listenersOf(object.spec, 'egress')) {
      for (const entry of egressHostsOf(listener, object.namespace)) {
        const { excludes, written } = entry;
        if (!excludes || written.startsWith('~/')) continue;
        const params = { id: titleOf(object), host: written, mesh: environment.istio.text };
        report({ params, pointer: placeOf(listener, entry) });
      }
    }
  },
});
