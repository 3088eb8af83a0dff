import type { ImportSettings } from '../../import/import-settings.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import type { CheckedManifests } from '../check-manifests.ts';
import type { EnvironmentWords } from './import-environment.ts';

/** What is imported, and into what. */
export interface ImportTask {
  /** The repository. */
  readonly tree: FileTree;
  /** The environment's folder in it. */
  readonly folder: RepoPath;
  readonly environment: string;
  /** What is imported. */
  readonly input: FileTree;
  readonly checked: CheckedManifests;
  /** Istio's objects of it, those included whose kinds nobody here reads. */
  readonly own: readonly Manifest[];
  readonly words: EnvironmentWords;
  /** What the environment renders already. */
  readonly standing: readonly Manifest[];
  readonly settings: ImportSettings;
  readonly allowChanges: boolean;
}
