/** Input: the finished manifests, one file per service, listed in a kustomization. Argo CD and Flux run the same builder. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { manifestsOf } from '../services.mjs';
import { objectsIn, writeFiles } from './files.mjs';

const checks = 'YAML, unique names';

function missing() {
  return spawnSync('kubectl', ['version', '--client']).status === 0 ? undefined : 'kubectl is not installed';
}

function tree(services) {
  const name = (service) => `${service.namespace}.${service.name}.yaml`;
  const resources = services.map(name).sort();
  return new Map([
    ['kustomization.yaml', stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources })],
    ...services.map((service) => [
      name(service),
      manifestsOf(service)
        .map((object) => stringify(object))
        .join('---\n'),
    ]),
  ]);
}

export const kustomize = {
  name: 'kustomize',
  title: '`kubectl kustomize`, one tree',
  checks,
  largest: 1000,
  missing,
  prepare: (folder, services) => writeFiles(join(folder, 'tree'), tree(services)),
  shell: 'kubectl kustomize tree > out.yaml',
  objects: (folder) => objectsIn(join(folder, 'out.yaml')),
};

const partSize = 100;

export const kustomizeOfHundreds = {
  name: 'kustomize-100',
  title: `\`kubectl kustomize\`, separate trees of ${partSize} services, one by one`,
  checks,
  missing,
  prepare: (folder, services) => {
    for (let part = 0; part * partSize < services.length; part += 1)
      writeFiles(join(folder, `part-${part}`), tree(services.slice(part * partSize, (part + 1) * partSize)));
  },
  shell: 'mkdir -p out; for part in part-*; do kubectl kustomize "$part" > "out/$part.yaml" || exit 1; done',
  objects: (folder) => objectsIn(join(folder, 'out')),
};
