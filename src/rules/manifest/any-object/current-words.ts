import { agedWords } from '../../../istio/aged-words.ts';
import { istioKinds, shapeOf } from '../../../mesh/istio-kinds.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

interface OldWord {
  readonly older: string;
  /** Undefined: Istio has nothing in its place. */
  readonly newer?: string;
  readonly since?: string;
  readonly ignored?: boolean;
}

/**
 * What Istio's API, its validation (validateOutlierDetection, validateLoadBalancer, validateHTTPRoute) or its analysis
 * (deprecation.FieldAnalyzer) calls deprecated is spelled in the newer way, where the mesh reads that already.
 * Istio itself says nothing of it in subsets and port-level settings, where its code loses warnings.
 */
export const currentWords = defineObjectRule<OldWord & { id: string }>({
  code: 'MS5020',
  name: 'current-words',
  severity: 'warning',
  alias: 'IST0002',
  summary: ({ id, older, newer, since, ignored = false }) =>
    newer === undefined
      ? `\`${older}\` of ${id} is deprecated`
      : `\`${older}\` of ${id} is deprecated${ignored ? ' and has no effect' : ''}: since Istio ${since} there is \`${newer}\``,
  why: 'What is deprecated may do less than it says, or stop doing it with the next upgrade.',
  fix: 'Write the newer word, where there is one.',
  since: '0.1.0',
  reads: istioKinds,
  check(object, report, mesh) {
    for (const { pointer, ...word } of oldWords(object, mesh.environment.istio.minor)) {
      const hints = [
        ...(word.newer === undefined ? ['lead requests for hosts outside through an egress gateway'] : []),
        ...(warningIsLost(object, pointer) ? ['Istio itself loses this warning in a subset and for a port'] : []),
      ];
      report({ params: { ...word, id: titleOf(object) }, pointer: `/spec${pointer}`, within: 'body', hints });
    }
  },
});

function oldWords({ kind, manifest }: MeshObject, minor: number): readonly (OldWord & { readonly pointer: Pointer })[] {
  const spec = objectOr(manifest.body.spec);
  const shape = shapeOf(kind);
  const aged = (shape === undefined ? [] : agedWords(shape, spec, minor)).map(({ since, ...word }) => ({ ...word, since: `1.${since}` }));
  const egress = kind === 'Sidecar' && isObject(objectOr(spec.outboundTrafficPolicy).egressProxy);
  return egress ? [...aged, { older: 'outboundTrafficPolicy.egressProxy', pointer: '/outboundTrafficPolicy/egressProxy' }] : aged;
}

/** Only of these two does Istio's validation itself give a warning, which it then keeps at the top level alone. */
function warningIsLost({ kind }: MeshObject, pointer: Pointer): boolean {
  return kind === 'DestinationRule' && /^\/(subsets|.*\/portLevelSettings)\/.*\/(consecutiveErrors|minimumRingSize)$/.test(pointer);
}
