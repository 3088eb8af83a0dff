import { isHttpProtocol, isTlsProtocol, listenersOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * A port whose name begins with a protocol has that protocol. Istio goes by `protocol` alone; people and Kiali go by the name
 * (kiali: gateways/port_checker.go, which asks it of every name).
 */
export const portNameTellsItsProtocol = defineObjectRule<{ id: string; port: string; name: string; protocol: string }>({
  code: 'MS5319',
  name: 'port-name-tells-its-protocol',
  severity: 'warning',
  alias: 'KIA0601',
  summary: ({ id, port, name, protocol }) => `${port} of ${id} is called \`${name}\`, but speaks ${protocol}`,
  why: 'Istio goes by `protocol`, whatever the name says; who reads the name is misled, and one of the two is likely a slip.',
  fix: 'Correct the one that is wrong: the name may be anything that names no other protocol.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(object, report) {
    for (const part of listenersOf(object.spec, 'servers')) {
      const { pointer, port } = part;
      const told = /^([a-z0-9]+)(?![a-z0-9])/.exec(port?.name.toLowerCase() ?? '')?.[1];
      if (port === undefined || told === undefined || agrees(told.toUpperCase(), port.protocol)) continue;
      const params = { id: titleOf(object), port: titleOfListener(part), name: port.name, protocol: port.protocol };
      report({ params, pointer: `${pointer}/port/name` });
    }
  },
});

/** Sorts of one family agree, and so do TCP and what runs on it, TLS among them. */
function agrees(told: string, protocol: string): boolean {
  const family = familyOf(told);
  if (family === undefined || family === familyOf(protocol)) return true;
  return told === 'TCP' ? familyOf(protocol) !== 'HTTP' : told === 'TLS' && protocol === 'TCP';
}

function familyOf(protocol: string): string | undefined {
  if (isHttpProtocol(protocol)) return 'HTTP';
  if (isTlsProtocol(protocol)) return 'TLS';
  return ['TCP', 'UDP', 'MONGO', 'REDIS', 'MYSQL'].includes(protocol) ? protocol : undefined;
}
