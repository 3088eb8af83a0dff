import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic, LocatedDiagnostic } from '../../src/model/diagnostic.ts';
import { parseIstioVersion } from '../../src/model/istio-version.ts';
import type { FileTree } from '../../src/model/source.ts';
import { type Compilation, createCompiler } from '../../src/pipeline.ts';
import { meshAsker } from '../../src/pipelines/ask-mesh.ts';
import { checkManifests } from '../../src/pipelines/check-manifests.ts';
import { deployConfig } from '../../src/pipelines/deploy-config.ts';
import { importManifests } from '../../src/pipelines/import/import-manifests.ts';
import { verifyRendered } from '../../src/pipelines/verify-rendered.ts';
import { diagnoseFailure } from '../../src/repo/forge/diagnose-failure.ts';
import { failureOfStatus } from '../../src/repo/forge/failure-of-status.ts';
import { failureIn } from '../../src/repo/forge/forge-fault.ts';
import { chooseForge } from '../../src/repo/forge/forges.ts';
import { refuseForkJob } from '../../src/repo/forge/fork-job.ts';
import { withMark } from '../../src/repo/mark.ts';
import { defaultLimits, readTree } from '../../src/repo/read-tree.ts';
import { renderedFiles } from '../../src/repo/rendered-files.ts';
import { readRendered } from '../../src/repo/rendered-folder.ts';
import { writeRendered } from '../../src/repo/write-rendered.ts';
import { withCall, withFault } from '../repo/disk-faults.ts';
import { aFolder } from '../repo/folders.ts';
import {
  type CaseAbout,
  type Deploy,
  type DescribedFile,
  type DiagnosticCase,
  describedText,
  needsDisk,
  type ScenarioStep,
} from './read-case.ts';

/** What a case finds, and the texts that the findings speak of. */
export interface Acted {
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly tree: FileTree;
}

/** Does what the case says: in memory, or, where the disk has a part in it, in a fresh folder that is gone after the test. */
export function actCase(one: DiagnosticCase): Acted {
  if (needsDisk(one.scenario)) return actOnDisk(one);
  const described = Object.entries(one.scenario.files ?? {}).map(([path, file]) => [path, describedText(file) ?? ''] as const);
  const tree = new Map([...one.kept, ...described]);
  if (one.about.forge !== undefined) return { tree, diagnostics: located(tree, askForge(tree, one.about.forge)) };
  if (one.about.import === true) return { tree, diagnostics: importTree(tree, one.about) };
  if ([...tree.keys()].every((path) => /^(<stdin>$|manifests\/|crds\/)/.test(path))) return { tree, diagnostics: checkTree(tree, one) };
  const compiled = compileTree(tree, one);
  return { tree, diagnostics: [...compiled.diagnostics, ...testTree(tree, compiled, one.about)] };
}

/** As `mainsheet propose` does before it opens a pull request, or with what the forge answers to that. */
function askForge(tree: FileTree, { remote, variables = {}, event, answer }: NonNullable<CaseAbout['forge']>): readonly Diagnostic[] {
  if (answer !== undefined) {
    const failure = failureIn(failureOfStatus(answer.status, new Headers(), answer.body).failure);
    return failure === undefined ? [] : [diagnoseFailure(failure)];
  }
  const { value: settings } = createCompiler(tree).settings;
  const at = settings?.forge === undefined ? {} : { at: { file: 'mainsheet.yaml', document: 0, pointer: '/forge' } };
  return [...refuseForkJob(variables, event), ...chooseForge({ setting: settings?.forge, remote, variables, ...at }).diagnostics];
}

/** As `mainsheet test` does with the tests beside the intents, and with `--coverage` where the case says so. */
function testTree(
  tree: FileTree,
  { loaded, manifests }: Partial<Compilation>,
  { coverage = false }: CaseAbout,
): readonly LocatedDiagnostic[] {
  const files = new Map([...tree].filter(([path]) => path.endsWith('.test.yaml')));
  if (files.size === 0 || loaded === undefined || manifests === undefined) return [];
  const run = meshAsker.ofEnvironment(loaded, manifests, tree).test(files);
  return [...run.unread, ...run.cases.flatMap(({ diagnostics }) => diagnostics), ...(coverage ? run.coverage.diagnostics : [])];
}

/** As `check --manifests manifests` does, or `-` where there is `<stdin>`, with `--crds crds` where there are some. */
function checkTree(tree: FileTree, { about: { istio, mesh } }: DiagnosticCase): readonly LocatedDiagnostic[] {
  const under = (folder: string) => new Map([...tree].filter(([path]) => path.startsWith(`${folder}/`)));
  const version = istio === undefined ? undefined : parseIstioVersion(istio);
  const crds = under('crds');
  const given = under('manifests');
  const piped = new Map([...tree].filter(([path]) => path === '<stdin>'));
  const named = [
    ...(given.size === 0 ? [] : [{ path: 'manifests', files: [...given.keys()] }]),
    ...[...piped.keys()].map((file) => ({ path: '-', files: [file] })),
  ];
  return checkManifests(new Map([...given, ...piped]), {
    ...mesh,
    named,
    ...(version === undefined ? {} : { istio: version }),
    ...(crds.size === 0 ? {} : { crds }),
  }).diagnostics;
}

/** As `mainsheet import --env mesh manifests` does. */
function importTree(tree: FileTree, { environment = 'mesh' }: CaseAbout): readonly LocatedDiagnostic[] {
  const isInput = (path: string) => path.startsWith('manifests/');
  const part = (wanted: boolean) => new Map([...tree].filter(([path]) => isInput(path) === wanted));
  const { diagnostics, imported } = importManifests(part(false), part(true), { environment });
  return [...diagnostics, ...(imported?.kept ?? [])];
}

interface Compiled extends Partial<Pick<Compilation, 'loaded' | 'manifests'>> {
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly files: FileTree;
}

/** As every command does it: the settings, then which environments there are, then one of them. */
function compileTree(tree: FileTree, { about }: DiagnosticCase): Compiled {
  const compiler = createCompiler(tree, about.today === undefined ? {} : { today: about.today });
  const environments = compiler.environments();
  if (environments.value === undefined) return { diagnostics: compiler.locate(environments.diagnostics), files: new Map() };
  return compiler.compile(about.environment ?? 'mesh');
}

function actOnDisk(one: DiagnosticCase): Acted {
  const { scenario, kept } = one;
  const root = aFolder(Object.fromEntries(kept));
  for (const [path, file] of Object.entries(scenario.files ?? {})) put(root, path, file);
  const steps = scenario.steps ?? ['render'];
  let acted: Acted = { diagnostics: [], tree: new Map() };
  for (const [i, step] of steps.entries()) {
    if (step === 'verify') acted = verify(root, one);
    else if (typeof step === 'object' && 'deploy' in step) acted = deploy(root, one, step.deploy);
    else if (step !== 'render') change(root, step);
    else acted = i < steps.length - 1 ? render(root, one) : withMachine(root, one, () => render(root, one));
  }
  return acted;
}

/** Reads, compiles and writes `rendered/<environment>`. */
function render(root: string, one: DiagnosticCase): Acted {
  const limits = { ...defaultLimits, ...one.scenario.limits };
  const read = readTree(root, ['mainsheet.yaml', 'environments', 'templates'], (path) => /\.(yaml|hbs)$/.test(path), limits);
  const tree = read.value ?? new Map();
  if (read.value === undefined) return { tree, diagnostics: located(tree, read.diagnostics) };
  const { diagnostics, files } = compileTree(tree, one);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { tree, diagnostics };
  const marked = new Map([...files].map(([path, text]) => [path, withMark(text)]));
  const written = writeRendered(root, `rendered/${one.about.environment ?? 'mesh'}`, marked);
  return { tree, diagnostics: [...diagnostics, ...located(tree, written.diagnostics)] };
}

/** As `mainsheet verify` does of one environment. */
function verify(root: string, one: DiagnosticCase): Acted {
  const { environment = 'mesh' } = one.about;
  const path = `rendered/${environment}`;
  const inputs = readTree(root, ['environments'], (name) => name.endsWith('.yaml'), defaultLimits).value ?? new Map();
  const { loaded } = compileTree(inputs, one);
  const found = renderedFiles(readRendered(root, path).value ?? new Map());
  return {
    tree: new Map([...found.files].map(([name, { text }]) => [`${path}/${name}`, text])),
    diagnostics: verifyRendered({ path, ...found, ...(loaded === undefined ? {} : { shards: loaded.environment.shards }) }).diagnostics,
  };
}

/** As `mainsheet deploy-config ENGINE --repo ADDRESS --revision REVISION` does. */
function deploy(root: string, { about: { environment = 'mesh' } }: DiagnosticCase, { engine = 'argocd', ...source }: Deploy): Acted {
  const tree = readTree(root, ['environments', 'mainsheet.yaml'], (path) => path.endsWith('.yaml'), defaultLimits).value ?? new Map();
  const compiler = createCompiler(tree, { until: 'manifests' });
  const { loaded, manifests, shards } = compiler.compile(environment);
  const { diagnostics } = deployConfig({
    engine,
    source: { kind: 'git', ...source },
    phases: compiler.settings.value?.phases ?? 'pull-requests',
    folder: 'rendered',
    environments: loaded === undefined ? [] : [{ loaded, manifests, shards }],
    order: [],
    name: 'mainsheet',
    project: 'default',
    isSet: false,
    isDirectory: false,
    hasWaves: false,
  });
  return { tree, diagnostics: compiler.locate(diagnostics) };
}

function located(tree: FileTree, diagnostics: readonly Diagnostic[]): readonly LocatedDiagnostic[] {
  return createCompiler(tree).locate(diagnostics);
}

/** Runs `work` on a machine that fails, or is busy, as the scenario says. */
function withMachine<T>(root: string, { scenario }: DiagnosticCase, work: () => T): T {
  const { fault, growing } = scenario;
  if (fault !== undefined) {
    const { call, errno, nth = 1 } = fault as { call: Parameters<typeof withFault>[0]; errno: 'EIO'; nth?: number };
    return withFault(call, { errno, nth, persistent: true }, work).value;
  }
  if (growing === undefined) return work();
  const busy: Parameters<typeof withCall>[1] =
    (original) =>
    (...args) => {
      appendFileSync(join(root, growing), '# saved once more\n');
      return original(...args);
    };
  return withCall('readSync', busy, work);
}

function change(root: string, step: Exclude<ScenarioStep, 'render' | 'verify' | { readonly deploy: object }>): void {
  if ('put' in step) for (const [path, file] of Object.entries(step.put)) put(root, path, file);
  else if ('remove' in step) for (const path of step.remove) rmSync(join(root, path), { recursive: true });
  else {
    for (const [path, [from, to]] of Object.entries(step.replace)) {
      const text = readFileSync(join(root, path), 'utf8');
      if (!text.includes(from)) throw new Error(`${path} holds no ${JSON.stringify(from)}`);
      writeFileSync(join(root, path), text.replace(from, to));
    }
  }
}

function put(root: string, path: string, file: DescribedFile): void {
  const place = join(root, path);
  mkdirSync(dirname(place), { recursive: true });
  if (typeof file === 'object' && 'link' in file) symlinkSync(file.link, place);
  else if (typeof file === 'object' && 'pipe' in file) execFileSync('mkfifo', [place]);
  else if (typeof file === 'object' && 'base64' in file) writeFileSync(place, Buffer.from(file.base64, 'base64'));
  else writeFileSync(place, describedText(file) ?? '');
}
