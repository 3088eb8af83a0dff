import { test } from 'vitest';
import { clone, cloneOfFolder, emptyFolder } from './beginnings.ts';
import { showsWhatHappens } from './shows-what-happens.ts';

test.each([
  ['README.md', clone],
  ['docs/concepts.md', clone],
  ['docs/tests.md', clone],
  ['docs/phases.md', clone],
  ['docs/sticky.md', clone],
  ['docs/consumers.md', clone],
  ['docs/site.md', clone],
  ['docs/checking.md', emptyFolder],
  ['docs/ci.md', clone],
  ['docs/propose.md', cloneOfFolder],
  ['docs/rollouts.md', cloneOfFolder],
])('%s shows what really happens', showsWhatHappens, 300_000);
