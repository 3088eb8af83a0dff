/**
 * One of the pages: how a mesh is asked where requests go.
 *
 *   words ──read──▶ request ──routing table──▶ decision, with its story and the words behind each step
 *   test files ──read──▶ cases ──each request──▶ decision ──compare──▶ findings, and routes that no case touched
 *
 * Pure like the others; the mesh is that of a compiled environment, or of manifests that anyone wrote.
 */
import { createLocator, type Locator } from '../document/locate.ts';
import { locateDiagnostics } from '../document/locate-diagnostics.ts';
import { printYaml } from '../document/print.ts';
import { rememberingParser } from '../document/remembering-parser.ts';
import { builtinTemplates } from '../expand/builtin-templates.ts';
import { type JudgedCase, judgeCase, type Oracle } from '../expect/judge-cases.ts';
import { judgeValidatorCase } from '../expect/judge-validator-case.ts';
import { readTests } from '../expect/read-tests.ts';
import { routeCoverage } from '../expect/route-coverage.ts';
import { writtenTests } from '../expect/write-tests.ts';
import { environmentMesh, type Mesh } from '../mesh/mesh.ts';
import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import type { Manifest } from '../model/manifest.ts';
import type { RequestReading, RequestWords } from '../model/request-words.ts';
import type { MeshRequest, RouteDecision } from '../model/routing.ts';
import type { FileTree, Span } from '../model/source.ts';
import type { TestedCase, TestRun } from '../model/test-run.ts';
import { withAssumedGateways } from '../simulate/assumed-gateways.ts';
import { entrancesOf, likelyEntrance } from '../simulate/entrances.ts';
import { namesFor } from '../simulate/mesh-hosts.ts';
import { buildRoutingTable, type RoutingTable } from '../simulate/routing-table.ts';

/** Where requests of one mesh go. */
export interface AskedMesh {
  readonly read: (words: RequestWords) => RequestReading;
  readonly tell: (request: MeshRequest) => ToldDecision;
  /** Runs the cases of test files. */
  readonly test: (files: FileTree) => TestRun;
  /** Test files of what the mesh does today, by name, and the routes that no request was found for. */
  readonly writeTests: () => { readonly files: FileTree; readonly left: readonly string[] };
}

export interface ToldDecision {
  readonly decision: RouteDecision;
  /** Beside each step of the decision, the words behind it, where a file holds them. */
  readonly places: readonly (Span | undefined)[];
}

export interface MeshAsker {
  /** Of an environment as far as it was compiled: errors in its manifests are no hindrance. */
  readonly ofEnvironment: (loaded: LoadedEnvironment, manifests: readonly Manifest[], tree: FileTree) => AskedMesh;
  readonly ofManifests: (mesh: Mesh, tree: FileTree) => AskedMesh;
}

export const meshAsker: MeshAsker = {
  ofEnvironment: (loaded, manifests, tree) => askMesh(environmentMesh(loaded, manifests, new Set()), tree),
  ofManifests: askMesh,
};

function askMesh(mesh: Mesh, tree: FileTree): AskedMesh {
  const table = buildRoutingTable(mesh);
  const locatorWith = (more: FileTree): Locator => createLocator(new Map([...builtinTemplates, ...tree, ...more]));
  const locate = locatorWith(new Map());
  return {
    read: table.read,
    tell: (request) => {
      const decision = table.tell(request);
      const sources = decision.steps.map(({ place }) => (place === undefined ? undefined : table.sourceOf(place)));
      return { decision, places: sources.map((source) => (source === undefined ? undefined : locate(source))) };
    },
    test: (files) => runTests(mesh, table, files, locatorWith(files)),
    writeTests: () => writeTests(mesh, oracleOf(table)),
  };
}

function oracleOf(table: RoutingTable): Oracle {
  const { home, environment } = table.mesh;
  return {
    read: table.read,
    decide: table.decide,
    placeOf: ({ route, steps }) => {
      const place = steps.find(({ about, took }) => about === 'match' && took)?.place ?? route;
      return place === undefined ? undefined : table.sourceOf(place);
    },
    // As callers of the mesh's own namespace and the route itself mean it.
    namesOf: (host, { route }) => {
      const [, own] = / (.+)\//.exec(route?.manifest ?? '') ?? [];
      return [host, ...[home, own ?? home].flatMap((namespace) => namesFor(host, namespace, environment.clusterDomain))];
    },
  };
}

function runTests(mesh: Mesh, table: RoutingTable, files: FileTree, locate: Locator): TestRun {
  const { cases, validatorCases, diagnostics } = readTests(files, rememberingParser(undefined));
  const judged = [
    ...cases.map((one) => judgeCase(one, oracleOf(table))),
    ...validatorCases.map(validatorJudge(mesh, validatorCases.length)),
  ];
  const own = mesh.ofKind('VirtualService');
  const coverage = routeCoverage(
    own,
    judged.flatMap(({ decisions }) => decisions),
  );
  const located = (found: JudgedCase['diagnostics']): readonly LocatedDiagnostic[] => locateDiagnostics(found, locate);
  return {
    cases: judged.map(({ name, at, requests, diagnostics: found }): TestedCase => {
      const span = locate(at);
      return { name, ...(span === undefined ? {} : { at: span }), requests, diagnostics: located(found) };
    }),
    unread: located(diagnostics),
    coverage: { ...coverage, diagnostics: located(coverage.diagnostics) },
  };
}

/** Those cases are written for VirtualServices alone: Gateways that they name are taken to be there. */
function validatorJudge(mesh: Mesh, count: number): (one: Parameters<typeof judgeValidatorCase>[0]) => JudgedCase {
  const assumed = withAssumedGateways(mesh);
  const oracle = count === 0 ? undefined : oracleOf(buildRoutingTable(assumed));
  return (one) =>
    judgeValidatorCase(one, {
      ...(oracle ?? oracleOf(buildRoutingTable(assumed))),
      entranceOf: (authority) => likelyEntrance(authority, assumed),
      virtualServices: mesh.ofKind('VirtualService'),
    });
}

function writeTests(mesh: Mesh, oracle: Oracle): { readonly files: FileTree; readonly left: readonly string[] } {
  const files = new Map<string, string>();
  const left: string[] = [];
  for (const object of mesh.ofKind('VirtualService')) {
    if (!object.wellFormed || entrancesOf(object).length === 0) continue;
    const written = writtenTests(object, entrancesOf(object), mesh.environment.istio.minor, mesh.home, oracle);
    left.push(...written.left);
    const name = files.has(`${object.name}.test.yaml`) ? `${object.namespace}.${object.name}` : object.name;
    if (written.tests.length > 0) files.set(`${name}.test.yaml`, printYaml({ tests: written.tests }));
  }
  return { files, left };
}
