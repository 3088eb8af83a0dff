import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { RepoPath } from '../model/source.ts';
import { fetchedByFlux, noSourceIgnore } from './diagnostics.ts';
import type { OutputFolder } from './output-folder.ts';

/**
 * What Flux's source-controller leaves out of every artifact, as fluxcd/pkg sourceignore does (ExcludeVCS, ExcludeExt, ExcludeCI and
 * ExcludeExtra): names, at any depth, of files and of folders alike, so that `x.zip/` goes with all that is in it.
 */
const leftOut = [
  /^\.git(ignore|modules|attributes)$/,
  /\.(jpe?g|gif|png|wmv|flv|tar\.gz|zip)$/,
  /^(\.travis|\.gitlab-ci|appveyor|\.drone|codeship-services|codeship-steps)\.yml$/,
  /^cloudbuild\.yaml$/,
  /^\.goreleaser\.yml$/,
  /^\.(sops|flux)\.yaml$/,
];
const leftOutFolders: ReadonlySet<string> = new Set(['.git', '.github', '.circleci']);

/** What of a rendered folder at a path never gets to Flux's builder: it reads an artifact, not the repository. */
export function fluxSource(path: RepoPath, tree: OutputFolder): readonly Diagnostic[] {
  const whole = leftOutName(`${path.startsWith('/') ? (path.split('/').at(-1) ?? '') : path}/`);
  const files = [...tree.values()].flatMap(({ path: file, isOurs }): readonly Diagnostic[] => {
    const at = { file, start: 0, end: 0 };
    if (/(^|\/)\.sourceignore$/.test(file)) return [diagnose(noSourceIgnore, { params: {}, at })];
    const name = isOurs && whole === undefined ? leftOutName(file) : undefined;
    return name === undefined ? [] : [diagnose(fetchedByFlux, { params: { name }, at })];
  });
  return whole === undefined ? files : [diagnose(fetchedByFlux, { params: { name: whole } }), ...files];
}

/** The first name in a path that is left out; the last one is a file's. */
function leftOutName(path: RepoPath): string | undefined {
  const names = path.split('/');
  return names.find((name, i) => leftOut.some((pattern) => pattern.test(name)) || (i < names.length - 1 && leftOutFolders.has(name)));
}
