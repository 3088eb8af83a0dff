import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { FileTree, RepoPath } from '../../src/model/source.ts';
import type { GivenMesh } from '../../src/pipelines/check-manifests.ts';
import { treeOf } from '../support/tree-of.ts';

/** What `case.yaml` says of a case: README.md of this folder explains its words. */
export interface CaseAbout {
  readonly story: string;
  /** `file:line`, a file alone where nothing of it could be read, or `none`. */
  readonly at: string;
  /** The text that the caret stands under; of a longer place its first line. */
  readonly marks?: string;
  readonly environment?: string;
  readonly today?: string;
  /** Of a case that holds nothing but `manifests/`, which is checked as `check --manifests` does: the mesh's version, "1.31" if not given. */
  readonly istio?: string;
  /** Of such a case: what else is told of the mesh. */
  readonly mesh?: Omit<GivenMesh, 'istio'>;
  /** Whether what `manifests/` holds is imported into the environment, as `mainsheet import` does. */
  readonly import?: boolean;
  /** Whether routes that no test touches are said, as `mainsheet test --coverage` does. */
  readonly coverage?: boolean;
  /** What `mainsheet propose` knows of the forge: the remote and the environment of the command, the event of the CI's job, or what the forge answers. */
  readonly forge?: {
    readonly remote?: string;
    readonly variables?: Readonly<Record<string, string>>;
    readonly event?: string;
    readonly answer?: { readonly status: number; readonly body: string };
  };
  /** Codes of findings that cannot be had without: by default the finding is alone. */
  readonly beside?: readonly string[];
  /** What no file leads to, but what stands around them: acted out by `outside-cases.ts`. */
  readonly outside?: 'git';
  /** Why no input leads to this code: then there is no example. */
  readonly never?: string;
}

/** A file that is better described than kept. Text may be given as a whole, or as a part that is repeated with `{n}` counted from 1. */
export type DescribedFile =
  | string
  | { readonly before?: string; readonly repeat: string; readonly times: number; readonly after?: string }
  | { readonly base64: string }
  | { readonly link: string }
  | { readonly pipe: true };

export interface Deploy {
  readonly engine?: string;
  readonly address: string;
  readonly revision: string;
}

export type ScenarioStep =
  | 'render'
  | 'verify'
  | { readonly deploy: Deploy }
  | { readonly put: Readonly<Record<RepoPath, DescribedFile>> }
  | { readonly replace: Readonly<Record<RepoPath, readonly [string, string]>> }
  | { readonly remove: readonly RepoPath[] };

/** What `scenario.yaml` adds to the files of a case: how they came about, and what the machine does. */
export interface Scenario {
  readonly files?: Readonly<Record<RepoPath, DescribedFile>>;
  /** Acted out on a real disk, in order; what the last `render`, `verify` or `deploy` finds is the report. Without steps everything is read and compiled. */
  readonly steps?: readonly ScenarioStep[];
  /** Limits of reading, lower than the real ones. */
  readonly limits?: Readonly<Record<string, number>>;
  /** A call to the operating system that fails during the last step: every one from the nth on. */
  readonly fault?: { readonly call: string; readonly errno: string; readonly nth?: number };
  /** A file that another program writes to while it is read. */
  readonly growing?: RepoPath;
}

export interface DiagnosticCase {
  readonly folder: string;
  readonly about: CaseAbout;
  readonly scenario: Scenario;
  /** The files that the case keeps, as the compiler reads them. */
  readonly kept: FileTree;
}

const ownFiles: ReadonlySet<string> = new Set(['case.yaml', 'scenario.yaml', 'expected.txt']);

export function readCase(folder: string): DiagnosticCase {
  const all = treeOf(folder);
  return {
    folder,
    about: parse(readFileSync(join(folder, 'case.yaml'), 'utf8')) as CaseAbout,
    scenario: (parse(all.get('scenario.yaml') ?? '{}') ?? {}) as Scenario,
    kept: new Map([...all].filter(([path]) => !ownFiles.has(path))),
  };
}

/** Whether a disk has a part in what is found. */
export function needsDisk({ files = {}, steps, limits, fault, growing }: Scenario): boolean {
  const odd = Object.values(files).some((file) => typeof file === 'object' && ('link' in file || 'pipe' in file || 'base64' in file));
  return odd || steps !== undefined || limits !== undefined || fault !== undefined || growing !== undefined;
}

/** The text of a described file; undefined for what is none. */
export function describedText(file: DescribedFile): string | undefined {
  if (typeof file === 'string') return file;
  if (!('repeat' in file)) return undefined;
  const { before = '', repeat, times, after = '' } = file;
  return before + Array.from({ length: times }, (_, i) => repeat.replaceAll('{n}', String(i + 1))).join('') + after;
}
