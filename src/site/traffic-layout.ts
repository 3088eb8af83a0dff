import type { SiteDestination, SiteRoute } from '../model/site.ts';

/** The traffic of a service as boxes in three columns, and bands between them whose thickness is their share. In units of the picture. */
export interface TrafficLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly TrafficBox[];
  readonly bands: readonly TrafficBand[];
  /** Routes that are only in the table. */
  readonly left: number;
}

export interface TrafficBox {
  readonly kind: 'entry' | 'route' | 'destination' | 'answer';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly text: string;
  /** Of a destination: what it leads to. */
  readonly destination?: SiteDestination;
}

export interface TrafficBand {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  readonly thickness: number;
  readonly subset?: string;
  readonly percent?: number;
}

const columns = { entry: { x: 0, width: 150 }, route: { x: 230, width: 330 }, destination: { x: 720, width: 240 } } as const;
const whole = 26;
const gap = 12;
const routeHeight = 48;
const boxHeight = 44;
const mostRoutes = 24;

/** `all` are told in the order in which proxies try them. Without any, requests go to all pods of `host`. */
export function trafficLayout(all: readonly SiteRoute[], host: string): TrafficLayout {
  const told = all.length === 0 ? [withoutRoutes(host)] : all.slice(0, mostRoutes);
  const entries = stacked([...new Set(told.flatMap(({ gateways }) => gateways))], (gateway) => {
    const count = told.filter(({ gateways }) => gateways.includes(gateway)).length;
    return Math.max(boxHeight, count * (whole / 2) + 10);
  });
  const routes = stacked(
    told.map((_, i) => i),
    () => routeHeight,
  );
  const ends = new Map(told.flatMap((route) => endsOf(route)).map((end) => [end.key, end]));
  const incoming = (key: string): number =>
    told
      .flatMap(endsOf)
      .filter((end) => end.key === key)
      .reduce((sum, { percent }) => sum + thicknessOf(percent), 0);
  const destinations = stacked([...ends.keys()], (key) => Math.max(boxHeight, incoming(key) + 10));
  const height = Math.max(entries.height, routes.height, destinations.height);
  const place = (stack: Stack<unknown>): number => (height - stack.height) / 2;
  const offsets = { entry: place(entries), route: place(routes), destination: place(destinations) };
  const used = new Map<string, number>();
  /** The middle of the next free stretch of a box's side. */
  const dock = (key: string, top: number, size: number, total: number, thickness: number): number => {
    const before = used.get(key) ?? 0;
    used.set(key, before + thickness);
    return top + (size - total) / 2 + before + thickness / 2;
  };
  const bands = told.flatMap((route, i): readonly TrafficBand[] => {
    const top = offsets.route + (routes.at.get(i)?.y ?? 0);
    const thin = whole / 2;
    const arriving = route.gateways.map((gateway): TrafficBand => {
      const box = entries.at.get(gateway) ?? { y: 0, height: boxHeight };
      const total = told.filter(({ gateways }) => gateways.includes(gateway)).length * thin;
      return {
        from: { x: columns.entry.width, y: dock(`e ${gateway}`, offsets.entry + box.y, box.height, total, thin) },
        to: { x: columns.route.x, y: dock(`r ${i}`, top, routeHeight, route.gateways.length * thin, thin) },
        thickness: thin,
      };
    });
    const leaving = endsOf(route);
    const sum = leaving.reduce((total, { percent }) => total + thicknessOf(percent), 0);
    return [
      ...arriving,
      ...leaving.map(({ key, percent, destination }): TrafficBand => {
        const box = destinations.at.get(key) ?? { y: 0, height: boxHeight };
        const thickness = thicknessOf(percent);
        return {
          from: { x: columns.route.x + columns.route.width, y: dock(`o ${i}`, top, routeHeight, sum, thickness) },
          to: { x: columns.destination.x, y: dock(`d ${key}`, offsets.destination + box.y, box.height, incoming(key), thickness) },
          thickness,
          percent,
          ...(destination?.subset === undefined ? {} : { subset: destination.subset }),
        };
      }),
    ];
  });
  const boxes: readonly TrafficBox[] = [
    ...[...entries.at].map(([gateway, box]): TrafficBox => {
      const [namespace, name] = gateway.split('/');
      const [title, text] = gateway === 'mesh' ? ['mesh', 'from sidecars'] : [name ?? gateway, `gateway in ${namespace}`];
      return { kind: 'entry', x: 0, width: columns.entry.width, y: offsets.entry + box.y, height: box.height, title, text };
    }),
    ...told.map((route, i): TrafficBox => {
      const { title, text } = routeWords(route);
      const y = offsets.route + (routes.at.get(i)?.y ?? 0);
      return { kind: 'route', ...columns.route, y, height: routeHeight, title, text };
    }),
    ...[...ends.values()].map(({ key, destination, title, text }): TrafficBox => {
      const box = destinations.at.get(key) ?? { y: 0, height: boxHeight };
      const y = offsets.destination + box.y;
      const common = { ...columns.destination, y, height: box.height, title, text };
      return destination === undefined ? { kind: 'answer', ...common } : { kind: 'destination', ...common, destination };
    }),
  ];
  return {
    width: columns.destination.x + columns.destination.width,
    height,
    boxes,
    bands,
    left: all.length - Math.min(all.length, mostRoutes),
  };
}

function thicknessOf(percent: number): number {
  return percent === 0 ? 0 : Math.max(1.5, (percent / 100) * whole);
}

function withoutRoutes(host: string): SiteRoute {
  const destinations = [{ host, percent: 100 }];
  return {
    object: '',
    protocol: 'http',
    gateways: ['mesh'],
    hosts: [host],
    matches: [],
    destinations,
    fields: {},
    name: 'no route is written',
  };
}

interface End {
  readonly key: string;
  readonly percent: number;
  readonly title: string;
  readonly text: string;
  readonly destination?: SiteDestination;
}

/** Where a route's requests end: destinations, or an answer at once. */
function endsOf({ destinations, fields }: SiteRoute): readonly End[] {
  if (fields.redirect !== undefined) return [answer('redirect', 'to another address', fields.redirect)];
  if (fields.directResponse !== undefined) return [answer('answered at once', 'by the proxy', fields.directResponse)];
  return destinations.map((destination): End => {
    const { host, subset, port, percent } = destination;
    const short = host.replace(/\.svc\..*$/, '');
    const at = port === undefined ? short : `${short}:${port}`;
    const [title, text] = subset !== undefined ? [subset, at] : [at, short === host ? '' : 'all pods'];
    return { key: `${subset ?? ''} ${at}`, percent, title, text, destination };
  });
}

function answer(title: string, text: string, value: unknown): End {
  return { key: `${title} ${JSON.stringify(value)}`, percent: 100, title, text };
}

/** What a route is called, and what it asks. */
function routeWords({ name, matches }: SiteRoute): { readonly title: string; readonly text: string } {
  const [first = 'every request', ...others] = matches;
  const asked = others.length === 0 ? first : `${first}, or ${others.length} more`;
  return name === undefined ? { title: asked, text: others.length === 0 ? '' : 'any of them' } : { title: name, text: asked };
}

interface Stack<K> {
  readonly at: ReadonlyMap<K, { readonly y: number; readonly height: number }>;
  readonly height: number;
}

function stacked<K>(keys: readonly K[], heightOf: (key: K) => number): Stack<K> {
  const at = new Map<K, { readonly y: number; readonly height: number }>();
  let y = 0;
  for (const key of keys) {
    const height = heightOf(key);
    at.set(key, { y, height });
    y += height + gap;
  }
  return { at, height: Math.max(0, y - gap) };
}
