import { createForgeFetch, type Patience } from '../../../src/repo/forge/forge-fetch.ts';
import { openGitea } from '../../../src/repo/forge/gitea.ts';
import { forgeContract } from './contract.ts';
import { doubleHarness } from './double-harness.ts';
import { startGiteaDouble } from './doubles/gitea-double.ts';
import { convergesThroughFaults } from './faults.ts';
import { impatient } from './impatient.ts';

const token = '0123456789abcdef0123456789abcdef01234567';

function open(origin: string, patience: Patience) {
  const address = { kind: 'gitea', api: `${origin}/api/v1`, repository: 'mainsheet/mesh', token } as const;
  return openGitea(address, createForgeFetch(origin, patience), patience.wait);
}

forgeContract('Gitea', async () => {
  const double = await startGiteaDouble(token);
  return doubleHarness(open(double.origin, impatient()), double, new Set());
});

convergesThroughFaults({ name: 'Gitea', token, start: () => startGiteaDouble(token), open });
