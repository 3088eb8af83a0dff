import type { Diagnostic } from '../../model/diagnostic.ts';
import { byCodePoint } from '../../model/names.ts';
import { success } from '../../model/result.ts';
import type { FileTree } from '../../model/source.ts';
import { readCommit } from '../../repo/git/branch-commits.ts';
import { missingFromDisk } from '../../repo/git/missing-from-disk.ts';
import { type GitRepository, openRepository } from '../../repo/git/repository.ts';
import { type NamedCommit, resolveCommit } from '../../repo/git/resolve-commit.ts';
import { withMark } from '../../repo/mark.ts';
import type { NamedComparison } from '../../report/comparison-text.ts';
import type { DiffFlags } from '../arguments/diff.ts';
import type { CliContext } from '../cli-context.ts';
import type { ComparedEnvironment, ComparedTrees, Comparer, Locations } from '../compiler.ts';
import { repositoryFaults } from '../propose/propose-session.ts';
import { sourceTrailer } from '../propose/source-trailer.ts';
import type { Findings } from '../report-findings.ts';
import { chosenEnvironments, rootOf } from '../workspace.ts';
import { withoutMark } from './compare-intents.ts';
import type { Compared } from './compared.ts';
import { type CompiledSide, compileSide, hasErrors, type SideRequest, settingsOf } from './compiled-side.ts';
import { type RenderedEnvironments, renderedIn } from './read-commit.ts';
import { renderedElsewhere } from './rendered-elsewhere.ts';

type BaseFlags = DiffFlags & { readonly base: string };

interface NamedTrees {
  readonly found: ComparedTrees;
  readonly named: Omit<NamedComparison, 'comparison'>;
}

/** What a commit holds, rendered or rendered again, and what the intents here (or in another commit) say. */
export async function compareWithBase(context: CliContext, flags: BaseFlags, comparer: Comparer): Promise<Compared> {
  const root = rootOf(context, flags.root);
  const opened = await openRepository(root, context.variables);
  if (opened.value === undefined) return await stopped(context, opened.diagnostics);
  const repository = opened.value;
  const base = await resolveCommit(repository, flags.base);
  if (base.value === undefined && repository.head.commit === undefined)
    return await stopped(context, await repositoryFaults(root, context));
  if (base.value === undefined) return await stopped(context, base.diagnostics);
  const head = flags.head === undefined ? undefined : await resolveCommit(repository, flags.head);
  if (head !== undefined && head.value === undefined) return await stopped(context, head.diagnostics);
  const request: SideRequest = { ...flags, root };
  const young = await compileSide(context, request, repository, head?.value);
  const after = head?.value === undefined ? 'intents' : `${head.value.name} (intents)`;
  const missing = head === undefined ? await missingFromDisk(repository, young.folders) : success([]);
  const gaps = [...missing.diagnostics, ...(missing.value ?? [])];
  if (gaps.length > 0) return await stopped(context, gaps);
  if (hasErrors(young.findings)) return { comparisons: [], findings: [young.findings] };
  const sides = flags.rerender === true ? rerendered : standing;
  return await sides({ context, flags, root, repository, comparer, base: base.value, young, after });
}

interface Asked {
  readonly context: CliContext;
  readonly flags: BaseFlags;
  readonly root: string;
  readonly repository: GitRepository;
  readonly comparer: Comparer;
  readonly base: NamedCommit;
  readonly young: CompiledSide;
  /** How the younger side is called. */
  readonly after: string;
}

/** With the intents of the base, compiled by this version. */
async function rerendered(asked: Asked): Promise<Compared> {
  const { context, flags, root, repository, comparer, base, young, after } = asked;
  const old = await compileSide(context, { ...flags, root }, repository, base);
  if (hasErrors(old.findings)) return { comparisons: [], findings: [young.findings, old.findings] };
  const before = `${base.name} (rendered again)`;
  const compared = namesOf(asked, old.names).map((name) => {
    const [was, is] = [old.environments.get(name), young.environments.get(name)];
    const both = was !== undefined && is !== undefined;
    const found: ComparedTrees = both
      ? { comparison: comparer.compareVersions(was, is, young.tree, { tree: old.tree, name: base.name }), diagnostics: [] }
      : oneSided(comparer, was?.files ?? new Map(), is, young.tree);
    return { found, named: { title: name, before, after } };
  });
  return finished(compared, [young.findings, old.findings]);
}

/** With what is rendered in the base. */
async function standing(asked: Asked): Promise<Compared> {
  const { context, repository, comparer, base, young, after } = asked;
  const { locations, findings } = await placeOfRendered(asked);
  if (locations === undefined) return { comparisons: [], findings: [young.findings, findings] };
  const { rendered: folder, output, isPublished } = locations;
  if (output !== undefined && !isPublished) throw await renderedElsewhere(base.name, base.name, output, repository);
  const known = (environment: string, path: string): string | undefined => {
    const text = young.environments.get(environment)?.files.get(path);
    return text === undefined ? undefined : withMark(text);
  };
  const read = await renderedIn(isPublished ? { ...repository, prefix: '' } : repository, base, folder, known);
  if (read.value === undefined) return await stopped(context, read.diagnostics, `${base.name}:`);
  const rendered: RenderedEnvironments = read.value;
  const compared = namesOf(asked, [...rendered.keys()]).map((name) => {
    const files = new Map([...(rendered.get(name) ?? [])].map(([path, text]): readonly [string, string] => [path, withoutMark(text)]));
    const found = oneSided(comparer, files, young.environments.get(name), young.tree);
    return { found, named: { title: name, before: `${base.name}:${folder}/${name}`, after } };
  });
  return finished(compared, [young.findings]);
}

interface PlaceOfRendered extends Locations {
  /** The commit is one of a branch of rendered output: paths in it are from its top. */
  readonly isPublished: boolean;
}

/** A commit of intents says where its rendered files are; of one that was published, the intents that are compared with it do. */
async function placeOfRendered({
  context,
  repository,
  base,
  young,
}: Asked): Promise<{ readonly locations?: PlaceOfRendered; readonly findings: Findings }> {
  const { value: commit } = await readCommit(repository, base.hash);
  if (young.locations?.output !== undefined && commit?.trailers.some(([name]) => name === sourceTrailer) === true)
    return { locations: { ...young.locations, isPublished: true }, findings: young.findings };
  const { locations, findings } = await settingsOf(context, repository, base);
  return locations === undefined ? { findings } : { locations: { ...locations, isPublished: false }, findings };
}

/** Files as they stood against an environment as it is compiled, or against nothing where it is gone. */
function oneSided(comparer: Comparer, files: FileTree, after: ComparedEnvironment | undefined, sources: FileTree): ComparedTrees {
  if (after !== undefined) return comparer.compareWithRendered(files, after, sources);
  return comparer.compareFolders({ tree: files, root: '.' }, { tree: new Map(), root: '.' }, { unread: [] });
}

/** Environments of either side, sorted; those that were named, if some were. */
function namesOf({ flags, young }: Asked, old: readonly string[]): readonly string[] {
  return chosenEnvironments([...new Set([...young.names, ...old])].sort(byCodePoint), flags.env);
}

function finished(compared: readonly NamedTrees[], findings: readonly Findings[]): Compared {
  const diagnostics = compared.flatMap(({ found }) => found.diagnostics);
  const comparisons = compared.flatMap(({ found: { comparison }, named }) => (comparison === undefined ? [] : [{ ...named, comparison }]));
  const all = [...findings, { diagnostics, tree: new Map(), prefix: '' }];
  return { comparisons: all.some(hasErrors) ? [] : comparisons, findings: all };
}

async function stopped(context: CliContext, diagnostics: readonly Diagnostic[], prefix = ''): Promise<Compared> {
  const create = await context.compiler();
  return { comparisons: [], findings: [{ diagnostics: create(new Map(), {}).locate(diagnostics), tree: new Map(), prefix }] };
}
