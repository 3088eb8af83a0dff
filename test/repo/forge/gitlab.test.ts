import { createForgeFetch, type Patience } from '../../../src/repo/forge/forge-fetch.ts';
import { openGitlab } from '../../../src/repo/forge/gitlab.ts';
import { forgeContract } from './contract.ts';
import { doubleHarness } from './double-harness.ts';
import { startGitlab } from './doubles/gitlab-double.ts';
import { convergesThroughFaults } from './faults.ts';
import { impatient } from './impatient.ts';

const token = 'glpat-0123456789abcdefghij';

function open(origin: string, patience: Patience) {
  const address = { kind: 'gitlab', api: `${origin}/api/v4`, repository: 'mainsheet/teams/mesh', token } as const;
  return openGitlab(address, createForgeFetch(origin, patience), patience.wait);
}

forgeContract('GitLab', async () => {
  const double = await startGitlab(token);
  return doubleHarness(open(double.origin, impatient()), double, new Set());
});

convergesThroughFaults({ name: 'GitLab', token, start: () => startGitlab(token), open });
