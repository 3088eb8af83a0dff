import type { Deployment, DeployObject } from '../model/deployment.ts';

/** Who applies what is rendered. A new one is one file with this, and one line in `engines.ts`. */
export interface Engine {
  /** As the command line calls it. */
  readonly name: string;
  /** For people: 'Argo CD'. */
  readonly title: string;
  /** The namespace that its own objects usually live in. */
  readonly namespace: string;
  /** Flags that mean something to it, of those that not every engine has. */
  readonly flags: readonly EngineFlag[];
  /** Whether it knows another cluster by the name of a Secret. */
  readonly clusterIsSecret: boolean;
  /** The kind of object that applies a folder. */
  readonly ownerKind: string;
  /** How one is deleted, and nothing that it applied; in a sentence. */
  readonly deletion: (name: string, namespace: string) => string;
  /** Whether a field that it leaves alone keeps the whole list that it stands in as the cluster has it. */
  readonly keepsLists: boolean;
  readonly draw: (deployment: Deployment) => readonly DeployObject[];
}

export type EngineFlag = 'project' | 'applicationSet' | 'directory' | 'waves' | 'secret';
