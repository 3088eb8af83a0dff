import type { SiteDestination, SiteRoute } from '../model/site.ts';

/** Where requests of a route end: a destination, or an answer at once. */
export interface TrafficEnd {
  /** The same for routes that end in the same place. */
  readonly key: string;
  readonly percent: number;
  readonly title: string;
  readonly lines: readonly string[];
  readonly destination?: SiteDestination;
  readonly isCopy: boolean;
}

/** The ends of each of some routes that are shown together. Ports are only told apart where a host is reached at several. */
export function trafficEnds(routes: readonly SiteRoute[]): readonly (readonly TrafficEnd[])[] {
  const ports = new Map<string, Set<number>>();
  for (const { host, port } of routes.flatMap(({ destinations, mirrors }) => [...destinations, ...mirrors]))
    if (port !== undefined) ports.set(host, (ports.get(host) ?? new Set()).add(port));
  const endOf = (destination: SiteDestination, isCopy: boolean): TrafficEnd => {
    const { host, subset, port, percent } = destination;
    const short = shortHost(host);
    const isSeveral = (ports.get(host)?.size ?? 0) > 1;
    const at = port === undefined || !isSeveral ? short : `${short}:${port}`;
    const [title, text] = subset !== undefined ? [subset, at] : [at, short === host ? '' : 'all pods'];
    return { key: `${subset ?? ''} ${at}`, percent, title, lines: text === '' ? [] : [text], destination, isCopy };
  };
  return routes.map(({ destinations, mirrors, fields }) => {
    if (fields.redirect !== undefined) return [answer('redirect', 'to another address', fields.redirect)];
    if (fields.directResponse !== undefined) return [answer('answered at once', 'by the proxy', fields.directResponse)];
    return [...destinations.map((one) => endOf(one, false)), ...mirrors.map((one) => endOf(one, true))];
  });
}

/** 'reviews.bookinfo' of a cluster's host, any other as it is. */
export function shortHost(host: string): string {
  return host.replace(/\.svc\..*$/, '');
}

function answer(title: string, text: string, value: unknown): TrafficEnd {
  return { key: `${title} ${JSON.stringify(value)}`, percent: 100, title, lines: [text], isCopy: false };
}
