import type { DeployedEnvironment, Deployment } from '../model/deployment.ts';

/** The name of the object that applies a folder: 'mainsheet-prod', 'mainsheet-prod-shard-0'. */
export function appName({ name }: Pick<Deployment, 'name'>, environment: Pick<DeployedEnvironment, 'name'>, shard: string): string {
  return [name, environment.name, shard].filter((part) => part !== '').join('-');
}

/** Why no object can be called so; undefined where one can. Both engines put the name into labels, which end at 63 characters. */
export function objectNameFault(name: string): string | undefined {
  if (name.length > 63) return 'it is longer than 63 characters';
  return name.split('.').every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label))
    ? undefined
    : 'names of objects are lower-case letters and digits, with `-` and `.` between them';
}
