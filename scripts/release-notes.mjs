/**
 * The text of a release, for people who pin what they run: `node scripts/release-notes.mjs OWNER/REPOSITORY COMMIT IMAGE-DIGEST`. What changed, and
 * the lines to copy.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { partsOf } from './changelog-parts.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const [repository, commit, digest] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const part = partsOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')).find(({ name }) => name === version);
const forms = [/^[\w.-]+\/[\w.-]+$/, /^[0-9a-f]{40}$/, /^sha256:[0-9a-f]{64}$/];
if (part === undefined || ![repository, commit, digest].every((word, i) => forms[i].test(word ?? ''))) {
  console.error('usage: node scripts/release-notes.mjs OWNER/REPOSITORY COMMIT IMAGE-DIGEST, of a version that CHANGELOG.md has');
  process.exit(1);
}
console.log(`${part.text}

## To pin it

\`\`\`yaml
- uses: ${repository}@${commit} # v${version}
\`\`\`

\`\`\`sh
npm install --save-dev --save-exact mainsheet@${version}
docker pull ghcr.io/${repository.toLowerCase()}:${version}@${digest}
gh attestation verify mainsheet-${version}.tgz --repo ${repository}
\`\`\``);
