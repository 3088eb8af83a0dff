import { parseIstioVersion } from '../../src/model/istio-version.ts';
import type { MeshRequest, RouteDecision } from '../../src/model/routing.ts';
import { checkManifests } from '../../src/pipelines/check-manifests.ts';
import { buildRoutingTable } from '../../src/simulate/routing-table.ts';

export interface Asking extends Partial<Omit<MeshRequest, 'source'>> {
  readonly from?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly serviceAccount?: string;
}

export interface AskedMesh {
  readonly istio?: string;
  readonly outboundTrafficPolicy?: 'ALLOW_ANY' | 'REGISTRY_ONLY';
}

/** What a mesh of these manifests does with a request: by default GET http://reviews:9080/ from bookinfo. */
export function decision(manifests: string, asked: Asking = {}, mesh: AskedMesh = {}): RouteDecision {
  const { istio, ...given } = mesh;
  const version = istio === undefined ? undefined : parseIstioVersion(istio);
  const tree = new Map([['manifests.yaml', manifests]]);
  const table = buildRoutingTable(
    checkManifests(tree, { namespace: 'bookinfo', ...given, ...(version === undefined ? {} : { istio: version }) }).mesh,
  );
  return table.decide(request(asked));
}

/** The same in one line: see `decisionText`. */
export function decided(manifests: string, asked: Asking = {}, mesh: AskedMesh = {}): string {
  return decisionText(decision(manifests, asked, mesh));
}

export function request({ from = 'bookinfo', labels = {}, serviceAccount, ...rest }: Asking): MeshRequest {
  return {
    protocol: 'http',
    host: 'reviews',
    port: 9080,
    source: { namespace: from, labels, ...(serviceAccount === undefined ? {} : { serviceAccount }) },
    method: 'GET',
    scheme: 'http',
    path: '/',
    query: {},
    headers: {},
    ...rest,
  };
}

/** 'reviews/v1:9080=90 reviews/v3:9080=10', 'NR 404', 'redirect', 'passthrough'; a failing share says how: 'reviews/v9:9080=10!NC'. */
export function decisionText({ kind, destinations, failure, undefinedOrder }: RouteDecision): string {
  const open = undefinedOrder === undefined ? '' : ' ?';
  if (kind === 'failure') return `${failure?.flag ?? ''} ${failure?.status ?? ''}`.trim() + open;
  if (kind !== 'route') return kind + open;
  const parts = destinations.map(({ host, subset, port, percent, failure: own }) => {
    const short = host.replace(/\.svc\.cluster\.local$/, '').replace(/\.bookinfo$/, '');
    const share = percent === 100 ? '' : `=${Number(percent.toFixed(1))}`;
    return `${short}${subset === undefined ? '' : `/${subset}`}:${port}${share}${own === undefined ? '' : `!${own.flag}`}`;
  });
  return parts.join(' ') + open;
}
