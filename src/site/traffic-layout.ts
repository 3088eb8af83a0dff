import type { SiteDestination, SiteRoute } from '../model/site.ts';
import { type TrafficEnd, trafficEnds } from './traffic-ends.ts';

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
  readonly kind: 'entry' | 'route' | 'end';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Beneath it. */
  readonly lines: readonly string[];
  /** Where it stands for one. */
  readonly destination?: SiteDestination;
}

export interface TrafficBand {
  readonly from: Point;
  readonly to: Point;
  readonly thickness: number;
  /** Where it leads to: of those that leave a route. */
  readonly destination?: SiteDestination;
  /** Of copies, whose answers count for nothing. */
  readonly isCopy: boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const columns = { entry: { x: 0, width: 160 }, route: { x: 230, width: 390 }, end: { x: 760, width: 230 } } as const;
/** The thickness of all requests of a route. */
const whole = 26;
/** Of a gateway's band to a route: how much comes by it is not known. */
const thin = 13;
const gap = 12;
const mostRoutes = 24;

/** `all` are told in the order in which proxies try them. Without any, requests go to all pods of `host`. `areHostsTold`: of a gateway, by which all of them come. */
export function trafficLayout(all: readonly SiteRoute[], host: string, areHostsTold = false): TrafficLayout {
  const told = all.length === 0 ? [withoutRoutes(host)] : all.slice(0, mostRoutes);
  const ends = trafficEnds(told);
  const gateways = [...new Set(told.flatMap((route) => route.gateways))];
  const distinct = [...new Map(ends.flat().map((end) => [end.key, end])).values()];
  const entryBoxes = gateways.map((gateway) => entryBox(gateway, told.filter((route) => route.gateways.includes(gateway)).length * thin));
  const routeBoxes = told.map((route, i) => routeBox(route, ends[i] ?? [], areHostsTold));
  const endBoxes = distinct.map((end) => endBox(end, sumOf(ends.flat().filter(({ key }) => key === end.key))));
  const stacks = [entryBoxes, routeBoxes, endBoxes].map(stacked);
  const height = Math.max(...stacks.map((stack) => stack.height));
  const [entries = [], routes = [], lasts = []] = stacks.map((stack) =>
    stack.boxes.map((box) => ({ ...box, y: box.y + (height - stack.height) / 2 })),
  );
  const docks = createDocks();
  const bands = told.flatMap((route, i): readonly TrafficBand[] => {
    const box = routes[i];
    if (box === undefined) return [];
    const arriving = route.gateways.flatMap((gateway): readonly TrafficBand[] => {
      const entry = entries[gateways.indexOf(gateway)];
      if (entry === undefined) return [];
      const total = told.filter((one) => one.gateways.includes(gateway)).length * thin;
      return [
        {
          from: docks(entry, 'right', total, thin),
          to: docks(box, 'left', route.gateways.length * thin, thin),
          thickness: thin,
          isCopy: false,
        },
      ];
    });
    const own = ends[i] ?? [];
    const leaving = own.flatMap((end): readonly TrafficBand[] => {
      const last = lasts[distinct.findIndex(({ key }) => key === end.key)];
      if (last === undefined) return [];
      const thickness = thicknessOf(end);
      const total = sumOf(ends.flat().filter(({ key }) => key === end.key));
      const { destination, isCopy } = end;
      return [
        {
          from: docks(box, 'right', sumOf(own), thickness),
          to: docks(last, 'left', total, thickness),
          thickness,
          isCopy,
          ...(destination === undefined ? {} : { destination }),
        },
      ];
    });
    return [...arriving, ...leaving];
  });
  const width = columns.end.x + columns.end.width;
  return { width, height, boxes: [...entries, ...routes, ...lasts], bands, left: Math.max(0, all.length - mostRoutes) };
}

function thicknessOf({ percent }: TrafficEnd): number {
  return percent === 0 ? 0 : Math.max(1.5, (percent / 100) * whole);
}

function sumOf(ends: readonly TrafficEnd[]): number {
  return ends.reduce((sum, end) => sum + thicknessOf(end), 0);
}

function withoutRoutes(host: string): SiteRoute {
  const destinations = [{ host, percent: 100 }];
  const nothing = { object: '', matches: [], mirrors: [], fields: {} };
  return { ...nothing, protocol: 'http', gateways: ['mesh'], hosts: [host], destinations, name: 'no route is written' };
}

type Unplaced = Omit<TrafficBox, 'y'>;

function entryBox(gateway: string, bands: number): Unplaced {
  const [namespace = '', name = gateway] = gateway.split('/');
  const [title, line] = gateway === 'mesh' ? ['mesh', 'from sidecars'] : [name, `gateway in ${namespace}`];
  return { kind: 'entry', ...columns.entry, height: heightFor(1, bands), title, lines: [line] };
}

/** What a route is called, what it asks, and how it shares. */
function routeBox({ name, matches, protocol, hosts }: SiteRoute, ends: readonly TrafficEnd[], areHostsTold: boolean): Unplaced {
  const [first = protocol === 'http' ? 'every request' : 'every connection', ...others] = matches;
  const asked = others.length === 0 ? first : `${first}, or ${others.length} more`;
  const shared = ends.filter(({ isCopy }) => !isCopy);
  const lines = [
    ...(areHostsTold ? [`for ${hosts.join(', ')}`] : []),
    ...(name === undefined ? [] : [asked]),
    ...(shared.length < 2 ? [] : [shared.map(({ percent, title }) => `${Number(percent.toFixed(2))} % ${title}`).join(', ')]),
  ];
  return { kind: 'route', ...columns.route, height: heightFor(lines.length, 0), title: name ?? asked, lines };
}

function endBox({ title, lines, destination }: TrafficEnd, bands: number): Unplaced {
  return {
    kind: 'end',
    ...columns.end,
    height: heightFor(lines.length, bands),
    title,
    lines,
    ...(destination === undefined ? {} : { destination }),
  };
}

/** Of a box with some lines beneath its title, at which bands of some thickness end. */
function heightFor(lines: number, bands: number): number {
  return Math.max(30 + lines * 16, whole + 10, bands + 10);
}

function stacked(boxes: readonly Unplaced[]): { readonly boxes: readonly TrafficBox[]; readonly height: number } {
  let y = 0;
  const placed = boxes.map((box): TrafficBox => {
    const at = { ...box, y };
    y += box.height + gap;
    return at;
  });
  return { boxes: placed, height: Math.max(0, y - gap) };
}

/** Gives each band the next free stretch of a side of a box, all of a side together in its middle. */
function createDocks(): (box: TrafficBox, side: 'left' | 'right', total: number, thickness: number) => Point {
  const used = new Map<string, number>();
  return ({ x, y, width, height }, side, total, thickness) => {
    const key = `${side} ${x} ${y}`;
    const before = used.get(key) ?? 0;
    used.set(key, before + thickness);
    return { x: side === 'left' ? x : x + width, y: y + (height - total) / 2 + before + thickness / 2 };
  };
}
