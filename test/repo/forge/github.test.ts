import { createForgeFetch, type Patience } from '../../../src/repo/forge/forge-fetch.ts';
import { openGithub } from '../../../src/repo/forge/github.ts';
import { forgeContract } from './contract.ts';
import { doubleHarness } from './double-harness.ts';
import { startGithub } from './doubles/github-double.ts';
import { convergesThroughFaults } from './faults.ts';
import { impatient } from './impatient.ts';

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ';

function open(origin: string, patience: Patience) {
  const address = { kind: 'github', api: `${origin}/api/v3`, repository: 'mainsheet/mesh', token } as const;
  return openGithub(address, createForgeFetch(origin, patience), patience.wait);
}

forgeContract('GitHub', async () => {
  const double = await startGithub(token);
  return doubleHarness(open(double.origin, impatient()), double, new Set());
});

convergesThroughFaults({ name: 'GitHub', token, start: () => startGithub(token), open });
