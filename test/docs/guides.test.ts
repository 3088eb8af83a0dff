import { test } from 'vitest';
import { emptyFolderInAnother, emptyRepository } from './beginnings.ts';
import { showsWhatHappens } from './shows-what-happens.ts';

test.each([
  ['docs/tutorial.md', emptyFolderInAnother],
  ['docs/how-to/from-plain-yaml.md', emptyRepository],
  ['docs/import.md', emptyRepository],
  ['docs/how-to/from-kustomize.md', emptyRepository],
  ['docs/how-to/from-helm.md', emptyRepository],
  ['docs/how-to/from-flagger.md', emptyRepository],
  ['docs/how-to/from-argo-rollouts.md', emptyRepository],
])('%s shows what really happens', showsWhatHappens, 300_000);
