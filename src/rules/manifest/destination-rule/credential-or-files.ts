import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

const files = ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl'];

/** Certificates come from a Secret or from files, not both (Istio: agent/validation.go ValidateTLS). */
export const credentialOrFiles = defineObjectRule<{ id: string; where: string; fields: readonly string[] }>({
  code: 'MS5217',
  name: 'credential-or-files',
  severity: 'error',
  summary: ({ id, where, fields }) =>
    `${id} takes certificates${where} from \`credentialName\` and from ${listWords(fields.map((field) => `\`${field}\``))}`,
  why: 'Istio rejects it; with `credentialName` all that is needed comes from the Secret.',
  fix: 'Keep `credentialName`, or the paths of files.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 7 },
  check(object, report) {
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const tls = objectOr(policy.tls);
      const { mode, credentialName = '' } = tls;
      if ((mode !== 'SIMPLE' && mode !== 'MUTUAL') || credentialName === '') continue;
      const fields = files.filter((field) => tls[field] !== undefined && tls[field] !== '');
      if (fields.length === 0) continue;
      const related = fields.map((field) => ({ message: 'a file is named here', at: object.at(`${pointer}/tls/${field}`) }));
      const params = { id: titleOf(object), where: describeScope(scope), fields };
      report({ params, pointer: `${pointer}/tls/credentialName`, related });
    }
  },
});
