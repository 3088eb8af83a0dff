import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { RepoPath, Span } from '../model/source.ts';
import { fetchedByFlux, noSourceIgnore, takenIntoTheArtifact } from './diagnostics.ts';
import type { OutputFolder } from './output-folder.ts';
import { decidingPattern, ignorePatterns } from './source-ignore.ts';

/**
 * What Flux's source-controller leaves out of every artifact, as fluxcd/pkg sourceignore does (ExcludeVCS, ExcludeExt, ExcludeCI and
 * ExcludeExtra): names, at any depth, of files and of folders alike, so that `x.zip/` goes with all that is in it. Of these only what is git's
 * own is left out where there is any pattern (artifact/storage/archive.go, SourceIgnoreFilter).
 */
const leftOut = [
  /\.(jpe?g|gif|png|wmv|flv|tar\.gz|zip)$/,
  /^(\.travis|\.gitlab-ci|appveyor|\.drone|codeship-services|codeship-steps)\.yml$/,
  /^cloudbuild\.yaml$/,
  /^\.goreleaser\.yml$/,
  /^\.(sops|flux)\.yaml$/,
];
const leftOutFolders: ReadonlySet<string> = new Set(['.github', '.circleci']);
const ofGit = /^\.git(ignore|modules|attributes)$/;

/** A `.sourceignore` above a rendered folder. */
export interface IgnoreFile {
  /** As findings name it. */
  readonly path: RepoPath;
  /** The folder that it stands in, by names from the root of the repository. */
  readonly folder: readonly string[];
  readonly text: string;
}

/** Rendered files that a `.sourceignore` above them takes out, a finding for each line that does; the files are in order from the root down. */
export function ignoredAbove(folder: readonly string[], tree: OutputFolder, files: readonly IgnoreFile[]): readonly Diagnostic<Span>[] {
  const patterns = files.flatMap((file) => ignorePatterns(file.text, file.folder).map((pattern) => ({ ...pattern, file })));
  const taken = new Map<(typeof patterns)[number], RepoPath[]>();
  for (const { path, isOurs } of tree.values()) {
    const pattern = isOurs ? decidingPattern(patterns, [...folder, ...path.split('/')]) : undefined;
    if (pattern === undefined || pattern.isInclusion) continue;
    taken.set(pattern, [...(taken.get(pattern) ?? []), path]);
  }
  return [...taken].map(([{ file, line }, paths]) => {
    const lines = file.text.split('\n');
    const written = (lines[line] ?? '').trimEnd();
    const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
    const params = { pattern: written, files: paths.length, first: [...folder, paths[0] ?? ''].join('/') };
    const { at: _none, ...finding } = diagnose(takenIntoTheArtifact, { params });
    return { ...finding, related: [], at: { file: file.path, start, end: start + written.length } };
  });
}

/** What of a rendered folder at a path never gets to Flux's builder: it reads an artifact, not the repository. */
export function fluxSource(path: RepoPath, tree: OutputFolder, ignores: readonly IgnoreFile[] = []): readonly Diagnostic[] {
  const hasPatterns = ignores.some(({ text, folder }) => ignorePatterns(text, folder).length > 0);
  const whole = leftOutName(`${path.startsWith('/') ? (path.split('/').at(-1) ?? '') : path}/`, hasPatterns);
  const files = [...tree.values()].flatMap(({ path: file, isOurs }): readonly Diagnostic[] => {
    const at = { file, start: 0, end: 0 };
    if (/(^|\/)\.sourceignore$/.test(file)) return [diagnose(noSourceIgnore, { params: {}, at })];
    const name = isOurs && whole === undefined ? leftOutName(file, hasPatterns) : undefined;
    return name === undefined ? [] : [diagnose(fetchedByFlux, { params: { name }, at })];
  });
  return whole === undefined ? files : [diagnose(fetchedByFlux, { params: { name: whole } }), ...files];
}

/** The first name in a path that is left out; the last one is a file's. */
function leftOutName(path: RepoPath, hasPatterns: boolean): string | undefined {
  const names = path.split('/');
  return names.find((name, i) => {
    const isFolder = i < names.length - 1;
    if (ofGit.test(name) || (isFolder && name === '.git')) return true;
    return !hasPatterns && (leftOut.some((pattern) => pattern.test(name)) || (isFolder && leftOutFolders.has(name)));
  });
}
