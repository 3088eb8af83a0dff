import { isPlaced } from '../../../mesh/known-namespace.ts';
import { isHandWritten, titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { homesOf, ownersOf } from './each-destination.ts';

/**
 * Istio looks for the DestinationRule of a host in the client's namespace, the host's and the root namespace. One that stands anywhere
 * else is for the clients of its own namespace alone, and `exportTo` sends it to nobody (pilot/pkg/model/push_context.go destinationRule).
 */
export const destinationRuleHasClients = defineObjectInMeshRule<{
  id: string;
  host: string;
  home: string;
  exported: string;
  users: string;
}>({
  code: 'MS5711',
  name: 'destination-rule-has-clients',
  severity: 'warning',
  summary: ({ id, host, home, exported, users }) =>
    `${id} is exported to ${exported}, but ${users}: ${host} belongs to the namespace ${home}`,
  why: "Clients take the rule of their own namespace, else of the host's, else of the root namespace. One of a third namespace is never used.",
  fix: "Move the rule to the host's namespace, or write one in each namespace that is meant.",
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report, mesh) {
    const { namespace, spec } = object;
    if (
      !isPlaced(object, mesh) ||
      !isHandWritten(object.manifest) ||
      typeof spec.host !== 'string' ||
      spec.host.startsWith('*') ||
      spec.workloadSelector !== undefined
    )
      return;
    const homes = homesOf(mesh, mesh.hosts.qualified(spec.host, namespace), ownersOf(mesh, spec.host, namespace));
    if (homes.length === 0 || [...homes, mesh.environment.mesh.rootNamespace].includes(namespace)) return;
    const words = listOr(spec.exportTo).map(String);
    const others = words.filter((word) => !['*', '.', '~', namespace].includes(word));
    const unused = words.length > 0 && !words.some((word) => ['*', '.', namespace].includes(word));
    if (others.length === 0 && !unused) return;
    const params = {
      id: titleOf(object),
      host: spec.host,
      home: listWords(homes, 'or'),
      exported: others.length === 0 ? 'nobody' : listWords(others),
      users: unused ? 'nobody uses it' : `only clients in ${namespace} use it`,
    };
    report({ params, pointer: '/exportTo' });
  },
});
