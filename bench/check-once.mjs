/**
 * One measurement of bench/check.mjs in a process of its own: `node check-once.mjs LIBRARY FOLDER load|check|rules`. Prints the seconds of CPU
 * (user and system, of all threads) that reading takes, or reading and checking together; or those of every rule, for which looking at the
 * clock so often costs time itself.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// As the command does: src/cli/short-run.ts.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=1000000');
const [library, folder, what] = process.argv.slice(2);
const { checkManifests, loadManifests, manifestRules, rememberingParser } = await import(pathToFileURL(library).href);
const paths = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.yaml'));
const tree = new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));

const seconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const rules = {};
for (const rule of what === 'rules' ? manifestRules : []) {
  const { check, definition } = rule;
  rule.check = (subject) => {
    const started = seconds();
    const found = check(subject);
    rules[`${definition.code} ${definition.name}`] = seconds() - started;
    return found;
  };
}
const started = seconds();
const result = what === 'load' ? loadManifests(tree, rememberingParser(undefined)) : checkManifests(tree);
const cpu = seconds() - started;
const byCode = {};
for (const { code } of result.diagnostics) byCode[code] = (byCode[code] ?? 0) + 1;
console.log(JSON.stringify({ cpu, rules, findings: byCode }));
