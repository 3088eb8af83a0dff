import { fileURLToPath } from 'node:url';
import { runAction } from './run-action.ts';

// What action.yml names, and the only page of the action that knows `process`.
process.exitCode = runAction({
  variables: process.env,
  write: (text) => process.stdout.write(text),
  ownCommand: fileURLToPath(new URL('mainsheet.mjs', import.meta.url)),
});
