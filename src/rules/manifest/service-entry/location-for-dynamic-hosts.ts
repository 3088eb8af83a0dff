import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { resolutionOf, textOr } from './entry-parts.ts';

/**
 * Hosts that are looked up at request time lie outside the mesh, or since 1.30 also inside where no waypoint stands before them
 * (Istio: validation.go ValidateServiceEntry, usesWaypoint).
 */
export const locationForDynamicHosts = defineObjectRule<{ id: string; waypoint: string | undefined }>({
  code: 'MS5414',
  name: 'location-for-dynamic-hosts',
  severity: 'error',
  summary: ({ id, waypoint }) =>
    `${id} has location MESH_INTERNAL beside resolution DYNAMIC_DNS${waypoint === undefined ? ', which is possible from Istio 1.30' : ` and uses the waypoint \`${waypoint}\``}`,
  why: 'A waypoint forwards such requests only to destinations outside the mesh, and before 1.30 every proxy did; Istio rejects the ServiceEntry.',
  fix: 'Write `location: MESH_EXTERNAL`, or take the label `istio.io/use-waypoint` away.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report, mesh) {
    const { spec } = object;
    if (resolutionOf(spec) !== 'DYNAMIC_DNS' || spec.location !== 'MESH_INTERNAL') return;
    const waypoint = waypointOf(object);
    if (mesh.environment.istio.minor >= 30 && waypoint === undefined) return;
    const params = { id: titleOf(object), waypoint: mesh.environment.istio.minor >= 30 ? waypoint : undefined };
    report({ params, pointer: '/location' });
  },
});

/** The waypoint that the object's own label names; `none` in any capitals is none. */
function waypointOf({ manifest }: MeshObject): string | undefined {
  const name = textOr(objectOr(objectOr(manifest.body.metadata).labels)['istio.io/use-waypoint']);
  return name === '' || name.toLowerCase() === 'none' ? undefined : name;
}
