import type { LocatedDiagnostic } from '../../src/model/diagnostic.ts';
import { type Json, type JsonObject, objectOr } from '../../src/model/json.ts';
import { lineStarts, positionIn } from '../../src/model/position.ts';
import { type Compilation, compile } from '../../src/pipeline.ts';
import { isAboutInput } from './about-input.ts';

export interface RenderOptions {
  /** The mesh's version; today's by default. */
  readonly istio?: string;
  /** Further lines of environment.yaml. */
  readonly environment?: string;
  /** null: the environment names no namespace. */
  readonly namespace?: string | null;
  /** Further files of the tree, by path beneath environments/. */
  readonly files?: Readonly<Record<string, string>>;
  readonly today?: string;
  /** Also the notes on what the input does not show. */
  readonly notes?: boolean;
}

export interface Rendered {
  readonly ok: boolean;
  /** By 'Kind name', or 'Kind namespace/name' where that is not the environment's. */
  readonly objects: ReadonlyMap<string, JsonObject>;
  readonly titles: readonly string[];
  /** 'MS2001 line 5', each with the line of the file it points at; without a place 'MS2001'. */
  readonly findings: readonly string[];
  readonly codes: readonly string[];
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly compilation: Compilation;
  /** The spec of an object; a missing one is a failure that names those that are there. */
  readonly spec: (title: string) => JsonObject;
  readonly http: (title: string) => readonly JsonObject[];
}

/** What a mesh of these intents renders to: one environment `mesh`, one file of intents, namespace bookinfo, users by the header end-user. */
export function rendered(intents: string, options: RenderOptions = {}): Rendered {
  const { istio = '1.31', namespace = 'bookinfo', environment = 'user: {header: end-user}', files = {}, today, notes = false } = options;
  const head = ['environment: mesh', `istio: "${istio}"`, ...(namespace === null ? [] : [`namespace: ${namespace}`]), environment];
  const tree = new Map<string, string>([
    ['environments/mesh/environment.yaml', `${head.join('\n')}\n`],
    ['environments/mesh/intents.yaml', intents],
    ...Object.entries(files).map(([path, text]): [string, string] => [`environments/${path}`, text]),
  ]);
  if (intents === '') tree.delete('environments/mesh/intents.yaml');
  const compiled = compile(tree, 'mesh', today === undefined ? {} : { today });
  const diagnostics = compiled.diagnostics.filter((finding) => notes || !isAboutInput(finding));
  return reading({ ...compiled, diagnostics }, tree, namespace ?? undefined);
}

function reading(compilation: Compilation, tree: ReadonlyMap<string, string>, home: string | undefined): Rendered {
  const objects = new Map(
    compilation.manifests.map(({ kind, name, namespace, body }) => [
      `${kind} ${namespace === undefined || namespace === home ? '' : `${namespace}/`}${name}`,
      body,
    ]),
  );
  const spec = (title: string): JsonObject => {
    const body = objects.get(title);
    if (body === undefined) throw new Error(`no ${title} among ${[...objects.keys()].join(', ')}; ${describe(compilation)}`);
    return objectOr(body.spec);
  };
  return {
    ok: compilation.ok,
    objects,
    titles: [...objects.keys()],
    findings: compilation.diagnostics.map((finding) => placed(finding, tree)),
    codes: compilation.diagnostics.map(({ code }) => code),
    diagnostics: compilation.diagnostics,
    compilation,
    spec,
    http: (title) => (spec(title).http ?? []) as readonly JsonObject[],
  };
}

function placed({ code, at }: LocatedDiagnostic, tree: ReadonlyMap<string, string>): string {
  const text = at === undefined ? undefined : tree.get(at.file);
  if (at === undefined || text === undefined) return code;
  const { line } = positionIn(text, lineStarts(text), at.start);
  return at.file.endsWith('/intents.yaml') ? `${code} line ${line}` : `${code} ${at.file.slice('environments/'.length)} line ${line}`;
}

function describe({ diagnostics }: Compilation): string {
  return diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ');
}

/** 'reviews/v1:90 reviews/v3:10' — where a route leads, in one line; ports after the host, one destination without its weight. */
export function ledTo(route: JsonObject | undefined): string {
  if (route?.redirect !== undefined) return 'redirect';
  if (route?.directResponse !== undefined) return 'directResponse';
  if (route?.delegate !== undefined) return `delegate ${String(objectOr(route.delegate).name)}`;
  return ((route?.route ?? []) as readonly JsonObject[]).map(oneDestination).join(' ');
}

function oneDestination({ destination, weight }: JsonObject): string {
  const { host, subset, port } = objectOr(destination);
  const at = port === undefined ? '' : `:${String(objectOr(port).number)}`;
  return `${String(host)}${at}${subset === undefined ? '' : `/${String(subset)}`}${weight === undefined ? '' : `=${String(weight)}`}`;
}

/** Routes as lines 'condition → destinations': enough to read an order by. */
export function routeLines(routes: readonly JsonObject[]): readonly string[] {
  return routes.map((route) => `${matchText(route.match)} → ${ledTo(route)}`);
}

function matchText(match: Json | undefined): string {
  return match === undefined ? 'all' : ((match ?? []) as readonly JsonObject[]).map(conditionText).join(' | ');
}

function conditionText(match: JsonObject): string {
  return Object.entries(match)
    .map(([key, value]) =>
      key === 'headers' || key === 'queryParams' || key === 'withoutHeaders'
        ? Object.entries(objectOr(value))
            .map(([name, condition]) => `${key === 'headers' ? '' : `${key} `}${name}${stringText(condition)}`)
            .join(' & ')
        : `${key}${stringText(value)}`,
    )
    .join(' & ');
}

function stringText(condition: Json): string {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition))
    return `=${JSON.stringify(condition).replaceAll('"', '')}`;
  const { exact, prefix, regex } = condition as JsonObject;
  if (exact !== undefined) return `=${String(exact)}`;
  if (prefix !== undefined) return `^${String(prefix)}`;
  return regex === undefined ? '?' : `~${String(regex)}`;
}
