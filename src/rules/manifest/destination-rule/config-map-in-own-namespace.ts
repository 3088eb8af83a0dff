import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { knownNamespace } from '../../../mesh/known-namespace.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

const scheme = 'configmap://';

/** A credential in a ConfigMap is one of the rule's own namespace (Istio: agent/validation.go ValidateTLS; credentials/resource.go ParseResourceName). */
export const configMapInOwnNamespace = defineObjectRule<{ id: string; where: string; credential: string }>({
  code: 'MS5215',
  name: 'config-map-in-own-namespace',
  severity: 'error',
  summary: ({ id, where, credential }) =>
    `${id} takes certificates${where} from \`${credential}\`, which is no ConfigMap of its own namespace`,
  why: 'Istio rejects it, so that nobody reads ConfigMaps of other namespaces through a DestinationRule.',
  fix: 'Write `configmap://<namespace>/<name>` with the namespace of the DestinationRule.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 26 },
  check(object, report, mesh) {
    const home = knownNamespace(object, mesh);
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const { credentialName: credential } = objectOr(policy.tls);
      if (typeof credential !== 'string' || !credential.startsWith(scheme)) continue;
      const [namespace = '', name = ''] = credential.slice(scheme.length).split('/');
      if (namespace !== '' && name !== '' && namespace === (home ?? namespace)) continue;
      const params = { id: titleOf(object), where: describeScope(scope), credential };
      report({ params, pointer: `${pointer}/tls/credentialName` });
    }
  },
});
