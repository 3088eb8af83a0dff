import type { Registry, RegistryWorkload } from '../model/environment.ts';

/** The registry's workloads by the names under which services look for them. */
export interface WorkloadIndex {
  readonly named: (name: string) => readonly RegistryWorkload[];
  readonly ofApp: (app: string) => readonly RegistryWorkload[];
}

export function indexWorkloads({ deployments }: Registry): WorkloadIndex {
  const byName = new Map<string, RegistryWorkload[]>();
  const byApp = new Map<string, RegistryWorkload[]>();
  for (const one of deployments) {
    add(byName, one.name, one);
    if (typeof one.labels.app === 'string') add(byApp, one.labels.app, one);
  }
  return { named: (name) => byName.get(name) ?? [], ofApp: (app) => byApp.get(app) ?? [] };
}

function add(map: Map<string, RegistryWorkload[]>, key: string, one: RegistryWorkload): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [one]);
  else known.push(one);
}
