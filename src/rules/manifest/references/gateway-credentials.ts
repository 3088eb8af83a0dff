import { objectGateway } from '../../../mesh/known-gateways.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import type { KnownSecret } from '../../../mesh/secrets.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';

/** A Secret that a server of a Gateway takes its certificate from, looked for where Istio looks: in the namespace of the gateway's pods. */
export interface Credential {
  readonly object: MeshObject;
  readonly pointer: Pointer;
  readonly name: string;
  /** Of the pods. */
  readonly namespace: string;
  /** Whether clients must show a certificate, so that that of an authority is needed, too. */
  readonly mutual: boolean;
  readonly secret?: KnownSecret;
  /** The Secret of its own that the authority's certificate may stand in: '<name>-cacert'. */
  readonly authority?: KnownSecret;
}

/** Secrets by 'namespace/name'. */
export function secretsById({ cluster }: Mesh): ReadonlyMap<string, KnownSecret> {
  return new Map(cluster.secrets.map((secret) => [`${secret.namespace}/${secret.name}`, secret]));
}

/** The credentials of each Gateway in each namespace of its pods whose Secrets the input shows. */
export function gatewayCredentials(mesh: Mesh): readonly Credential[] {
  if (!mesh.cluster.knowsAny('secrets')) return [];
  const secrets = secretsById(mesh);
  const unplaced = new Map(mesh.cluster.secrets.flatMap((secret) => (secret.placed ? [] : [[secret.name, secret]])));
  const find = (namespace: string, name: string) => secrets.get(`${namespace}/${name}`) ?? unplaced.get(name);
  return mesh.ofKind('Gateway').flatMap((object) => {
    const names = object.wellFormed ? credentialNames(object) : [];
    if (names.length === 0) return [];
    const pods = [...new Set(mesh.gateways.podsOf(objectGateway(object)).flatMap(({ placed, namespace }) => (placed ? [namespace] : [])))];
    return pods
      .filter((namespace) => mesh.cluster.knows('secrets', namespace))
      .flatMap((namespace) =>
        names.map((named): Credential => {
          const secret = find(namespace, named.name);
          const authority = find(namespace, `${named.name}-cacert`);
          return {
            object,
            namespace,
            ...named,
            ...(secret === undefined ? {} : { secret }),
            ...(authority === undefined ? {} : { authority }),
          };
        }),
      );
  });
}

interface NamedCredential {
  readonly pointer: Pointer;
  readonly name: string;
  readonly mutual: boolean;
}

/** The Secrets that a Gateway's servers name; what is fetched from elsewhere (`configmap://…`, a file) is none. */
export function credentialNames({ spec }: MeshObject): readonly NamedCredential[] {
  return listOr(spec.servers).flatMap((server, i) => {
    const { mode, credentialName, credentialNames: several } = objectOr(objectOr(server).tls);
    const mutual = mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL';
    if (mode !== undefined && mode !== 'SIMPLE' && !mutual) return [];
    const written = [
      { value: credentialName, pointer: `/servers/${i}/tls/credentialName` },
      ...listOr(several).map((value, j) => ({ value, pointer: `/servers/${i}/tls/credentialNames/${j}` })),
    ];
    return written.flatMap(({ value, pointer }) => {
      const name = typeof value === 'string' ? value.replace(/^kubernetes:\/\//, '') : '';
      return name === '' || name.includes('/') ? [] : [{ pointer, name, mutual }];
    });
  });
}
