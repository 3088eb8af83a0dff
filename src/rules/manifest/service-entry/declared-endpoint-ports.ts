import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { didYouMean, listWords } from '../../../model/names.ts';
import { joinPointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { endpointsOf, looksUpNames, portsOf, resolutionOf } from './entry-parts.ts';
import { isSocket } from './workload-parts.ts';

/** An endpoint's ports are named as the ServiceEntry names them, letter for letter (Istio: validation.go ValidateServiceEntry). */
export const declaredEndpointPorts = defineObjectRule<{ id: string; name: string; declared: readonly string[] }>({
  code: 'MS5406',
  name: 'declared-endpoint-ports',
  severity: 'error',
  summary: ({ id, name, declared }) =>
    `an endpoint of ${id} has a port \`${name}\`; the ServiceEntry ${declared.length === 0 ? 'declares no ports' : `declares ${listWords(declared.map((one) => `\`${one}\``))}`}`,
  why: 'The name says which port of the service leads to which port of the endpoint; Istio rejects a name that leads nowhere.',
  fix: 'Use the name that the port has under `ports`, or declare a port of this name.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    const { spec } = object;
    if (resolutionOf(spec) !== 'STATIC' && !looksUpNames(spec)) return;
    const declared = [...new Set(portsOf(spec).map(({ name }) => name))];
    for (const { endpoint, address, pointer } of endpointsOf(spec)) {
      if (isSocket(address)) continue;
      for (const name of Object.keys(objectOr(endpoint.ports))) {
        if (declared.includes(name)) continue;
        const params = { id: titleOf(object), name, declared };
        report({ params, pointer: joinPointer(pointer, 'ports', name), part: 'key', hints: didYouMean(name, declared) });
      }
    }
  },
});
