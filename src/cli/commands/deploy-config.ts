import { isError } from '../../model/diagnostic.ts';
import { listWords } from '../../model/names.ts';
import type { FileTree } from '../../model/source.ts';
import type { DeployRequest, NamedByFlag } from '../../pipelines/deploy-config.ts';
import { renderedFiles } from '../../repo/rendered-files.ts';
import { readRendered } from '../../repo/rendered-folder.ts';
import type { DeployConfigFlags } from '../arguments/deploy-config.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import { deployFolder } from '../deploy/deploy-folder.ts';
import { findDeploySource } from '../deploy/deploy-source.ts';
import { renderedLayout } from '../deploy/rendered-layout.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { checkTargets } from '../output/check-targets.ts';
import { writeTargets } from '../output/write-targets.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';
import type { Workspace } from '../workspace.ts';

/** Prints or writes what an engine is told to apply. */
export async function deployConfig(context: CliContext, flags: DeployConfigFlags, engine: string): Promise<ExitCode> {
  const deployer = await context.deployer();
  if (!deployer.engineNames.includes(engine))
    throw usageError(`no engine is called "${engine}"`, [`there are ${listWords(deployer.engineNames)}`]);
  refuseContradictions(flags);
  const given = (['project', 'applicationSet', 'directory', 'waves', 'secret'] as const).filter((flag) => flags[flag] !== undefined);
  const [idle] = deployer.idleFlags(engine, given);
  if (idle !== undefined) throw usageError(`--${idle === 'applicationSet' ? 'application-set' : idle} means nothing to ${engine}`);
  for (const { flag, name, reason } of deployer.flagFaults(engine, namesIn(flags)))
    throw usageError(`--${flag} ${name} names no object: ${reason}`);
  const request = { ...(flags.env === undefined ? {} : { env: flags.env }), ...rootOf(flags), until: 'manifests' } as const;
  const compiled = await compileEnvironments(context, request);
  const { workspace, compilations, diagnostics } = compiled;
  const { inputs } = workspace;
  if (inputs === undefined || diagnostics.some(isError)) return report(context, flags, workspace, diagnostics);
  const clusters = clustersOf(flags.cluster ?? [], [...compilations.keys()]);
  const source = await findDeploySource(context, workspace.root, inputs.settings, flags);
  if (source.value === undefined) return report(context, flags, workspace, [...diagnostics, ...inputs.compiler.locate(source.diagnostics)]);
  const environments = [...compilations].flatMap(([name, { loaded, manifests, shards }]): DeployRequest['environments'] => {
    const cluster = clusters.get(name) ?? clusters.get('');
    if (loaded === undefined) return [];
    const onDisk = renderedLayout(workspace.root, inputs.settings.rendered, name, shards);
    return [{ loaded, manifests, shards, ...(cluster === undefined ? {} : { cluster }), ...(onDisk === undefined ? {} : { onDisk }) }];
  });
  const order = flags.unordered === true ? [] : (inputs.settings.order ?? []).map(({ environment }) => environment);
  const drawn = deployer.deployConfig({
    engine,
    ...source.value,
    environments,
    order,
    phases: inputs.settings.phases,
    name: flags.name ?? 'mainsheet',
    project: flags.project ?? 'default',
    isSet: flags.applicationSet === true,
    isDirectory: flags.directory === true,
    hasWaves: flags.waves === true,
    ...(flags.namespace === undefined ? {} : { namespace: flags.namespace }),
    ...(flags.secret === undefined ? {} : { secret: flags.secret }),
  });
  const all = [...diagnostics, ...inputs.compiler.locate(drawn.diagnostics)];
  if (drawn.value === undefined) return report(context, flags, workspace, all);
  if (flags.out === undefined) {
    printAll(context, drawn.value);
    report(context, flags, workspace, all);
    return exitCode.done;
  }
  const target = deployFolder(context, workspace, flags.out, deployer.withKustomization(drawn.value));
  const before = renderedFiles(readRendered(target.root, target.out).value ?? new Map());
  const outcome = flags.check === true ? checkTargets(context, [target]) : writeTargets(context, [target], flags);
  const gone = outcome.diagnostics.some(isError)
    ? []
    : deployer.takenAway(new Map([...before.files].map(([path, { text }]) => [path, text])), target.files);
  const found = [...all, ...inputs.compiler.locate([...gone, ...outcome.diagnostics])];
  const code = report(context, flags, workspace, found);
  return code === exitCode.done ? outcome.exitCode : code;
}

function refuseContradictions(flags: DeployConfigFlags): void {
  if (flags.repo !== undefined && flags.oci !== undefined) throw usageError('--repo and --oci name two sources');
  if (flags.oci !== undefined && flags.revision === undefined)
    throw usageError('--oci needs --revision: the tag or the digest of the artifact');
  if (flags.path?.split('/').includes('..') === true) throw usageError(`--path ${flags.path} leads out of what is applied`);
  if (flags.waves === true && flags.directory === true)
    throw usageError('--waves needs kustomize, which writes the waves, so it does not go with --directory');
  for (const flag of ['check', 'allowPrune', 'overwriteEdited'] as const)
    if (flags[flag] === true && flags.out === undefined)
      throw usageError(`--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} needs --out`);
}

/** Words that become names of the cluster's objects, by their flags. */
function namesIn({ namespace, project, secret, cluster = [] }: DeployConfigFlags): readonly NamedByFlag[] {
  const all = [
    { flag: 'namespace' as const, name: namespace },
    { flag: 'project' as const, name: project },
    { flag: 'secret' as const, name: secret },
    ...cluster.map((word) => ({ flag: 'cluster' as const, name: word.slice(word.indexOf('=') + 1) })),
  ];
  return all.flatMap(({ flag, name }) => (name === undefined ? [] : [{ flag, name }]));
}

function rootOf({ root }: DeployConfigFlags): { readonly root?: string } {
  return root === undefined ? {} : { root };
}

/** By environment; '' for all that none is said of. */
function clustersOf(words: readonly string[], environments: readonly string[]): ReadonlyMap<string, string> {
  const clusters = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    const name = at < 0 ? '' : word.slice(0, at);
    const cluster = word.slice(at + 1);
    if (cluster.trim() === '' || (at >= 0 && !environments.includes(name)))
      throw usageError(`--cluster ${word} names no ${cluster.trim() === '' ? 'cluster' : 'environment that is written'}`, [
        `write --cluster ENV=CLUSTER; there ${environments.length === 1 ? 'is' : 'are'} ${listWords(environments)}`,
      ]);
    if (clusters.has(name)) throw usageError(`--cluster says twice where ${name === '' ? 'everything' : name} goes`);
    clusters.set(name, cluster);
  }
  return clusters;
}

function printAll({ process }: CliContext, files: FileTree): void {
  for (const text of files.values()) process.stdout.write(`---\n${text}`);
}

function report(
  context: CliContext,
  flags: DeployConfigFlags,
  { tree, prefix }: Workspace,
  diagnostics: Parameters<typeof exitCodeOf>[0] & Parameters<typeof reportFindings>[1]['diagnostics'],
): ExitCode {
  reportFindings(context, { tree, prefix, diagnostics }, flags.diagnostics, context.process.stderr);
  return exitCodeOf(diagnostics);
}
