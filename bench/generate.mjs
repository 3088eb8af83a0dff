/**
 * Writes a repository for the benchmark: `node bench/generate.mjs 1000 /some/empty/folder`. Same N, same bytes.
 * Nothing outside `environments/bench/` is touched, and that must not exist yet.
 */
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchServices, intentOf } from './services.mjs';

const objectsPerService = 2;
/**
 * Objects per shard on average. Shards are filled by hash, so the fullest is fuller than the average:
 * with 60 services on average, 100 in one (200 objects, the most that kustomize builds quickly) is five standard deviations away.
 */
const objectsPerShard = 120;
const objectsInOneFolder = 200;

/** How many shards keep each of them under 200 objects. */
export function shardsFor(n) {
  const objects = n * objectsPerService;
  return objects <= objectsInOneFolder ? 1 : Math.ceil(objects / objectsPerShard);
}

/** Where the intent of a service stands, as a repository path. */
export function intentPath({ name, namespace }) {
  return `environments/bench/services/${namespace}/${name}.yaml`;
}

/** The files of the repository: path → text. */
export function repositoryOf(services) {
  const environment = `environment: bench\nistio: "1.29"\nshards: ${shardsFor(services.length)}\n`;
  return new Map([
    ['environments/bench/environment.yaml', environment],
    ...services.map((service) => [intentPath(service), intentOf(service)]),
  ]);
}

/** Writes the repository of N services into `folder`. */
export function generate(n, folder) {
  const root = join(folder, 'environments/bench');
  if (existsSync(root)) throw new Error(`${root} exists already`);
  const services = benchServices(n);
  for (const namespace of new Set(services.map((service) => service.namespace)))
    mkdirSync(join(root, 'services', namespace), { recursive: true });
  mkdirSync(root, { recursive: true });
  for (const [path, text] of repositoryOf(services)) writeFileSync(join(folder, path), text);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [count, folder] = process.argv.slice(2);
  if (!/^\d{1,5}$/.test(count ?? '') || folder === undefined) {
    console.error('usage: node bench/generate.mjs N FOLDER      (N up to 99999)');
    process.exit(1);
  }
  generate(Number(count), folder);
  console.log(`${count} services, ${shardsFor(Number(count))} shard(s) in ${folder}`);
}
