import { environmentMesh } from '../../src/mesh/mesh.ts';
import { listOr, objectOr } from '../../src/model/json.ts';
import { compile } from '../../src/pipeline.ts';
import { buildRoutingTable } from '../../src/simulate/routing-table.ts';
import { request } from './decided.ts';

/** A cookie that a browser keeps: its value, '' = none. */
export type Cookie = string;

/** What becomes of requests of one class: versions by their share of 1, each with the cookie it leaves. */
export type Drawing = readonly { readonly version: string; readonly share: number; readonly cookie: Cookie | undefined }[];

export interface Site {
  /** Where a visit leads; asked of the simulator once for each class of visits. */
  readonly drawing: (cookie: Cookie, visit?: Visit) => Drawing;
  /** All that is rendered. */
  readonly text: string;
}

export interface Visit {
  readonly path?: string;
  readonly user?: string;
}

/** The site at shop.example.com, as a mesh of these files answers. */
export function siteOf(files: ReadonlyMap<string, string>): Site {
  const { loaded, manifests, ok, diagnostics, files: rendered } = compile(files, 'mesh');
  if (loaded === undefined || !ok) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('; '));
  const table = buildRoutingTable(environmentMesh(loaded, manifests, new Set()));
  const known = new Map<string, Drawing>();
  const ask = (cookie: Cookie, { path = '/', user }: Visit): Drawing => {
    const cookies = ['theme=dark', ...(cookie === '' ? [] : [`reviews-version=${cookie}`]), 'session=x.y'];
    const headers = { cookie: cookies.join('; '), ...(user === undefined ? {} : { 'end-user': user }) };
    const decision = table.decide(request({ host: 'shop.example.com', port: 80, gateway: 'bookinfo/gw', path, headers }));
    if (decision.kind !== 'route') throw new Error(`${cookie}: ${decision.failure?.reason}`);
    return decision.destinations.map(({ subset = '', percent, headers: own }) => ({
      version: subset,
      share: percent / 100,
      cookie: cookieIn(objectOr(objectOr(objectOr(own).response).add)['set-cookie']),
    }));
  };
  return {
    text: [...rendered.values()].join('\n'),
    drawing: (cookie, visit = {}) => {
      const key = `${visit.path} ${visit.user} ${cookie}`;
      const drawing = known.get(key) ?? ask(cookie, visit);
      known.set(key, drawing);
      return drawing;
    },
  };
}

function cookieIn(written: unknown): Cookie | undefined {
  if (written === undefined) return undefined;
  const [, value] = /^reviews-version=([^;]+); Path=\/; (?:Max-Age=\d+; )?HttpOnly; SameSite=Lax$/.exec(String(written)) ?? [];
  if (value === undefined) throw new Error(`no cookie that a browser keeps as it should: ${listOr([String(written)]).join()}`);
  return value;
}

/** Mulberry32: numbers from 0 to 1 that are the same for the same seed. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** People with browsers. */
export interface Crowd {
  readonly cookies: Cookie[];
  /** The version that each got last; undefined before the first visit. */
  readonly versions: (string | undefined)[];
}

export function crowdOf(size: number): Crowd {
  return { cookies: Array<Cookie>(size).fill(''), versions: Array<string | undefined>(size).fill(undefined) };
}

/** Each visits once, but for those that `comes` leaves out, on one of the paths; says who came. */
export function visit(
  { cookies, versions }: Crowd,
  { drawing }: Site,
  random: () => number,
  comes: () => boolean = () => true,
  paths: readonly string[] = ['/'],
): readonly number[] {
  const came: number[] = [];
  for (let user = 0; user < cookies.length; user++) {
    if (!comes()) continue;
    came.push(user);
    const path = paths.length === 1 ? paths[0] : paths[Math.floor(random() * paths.length)];
    const drawn = oneOf(drawing(cookies[user] ?? '', path === undefined ? {} : { path }), random());
    versions[user] = drawn?.version;
    if (drawn?.cookie !== undefined) cookies[user] = drawn.cookie;
  }
  return came;
}

function oneOf(drawing: Drawing, number: number): Drawing[number] | undefined {
  let rest = number;
  for (const one of drawing) {
    rest -= one.share;
    if (rest < 0) return one;
  }
  return drawing.at(-1);
}
