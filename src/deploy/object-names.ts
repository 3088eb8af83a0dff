import type { DeployedEnvironment, Deployment } from '../model/deployment.ts';

/** The name of the object that applies a folder: 'mainsheet-prod', 'mainsheet-prod-shard-0'. */
export function appName({ name }: Pick<Deployment, 'name'>, environment: Pick<DeployedEnvironment, 'name'>, shard: string): string {
  return [name, environment.name, shard].filter((part) => part !== '').join('-');
}

/** Why no object can be called so; undefined where one can. Both engines put names of their own objects into labels, which end at 63 characters. */
export function objectNameFault(name: string, longest = 63): string | undefined {
  if (name.length > longest) return `it is longer than ${longest} characters`;
  return name.split('.').every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label))
    ? undefined
    : 'names of objects are lower-case letters and digits, with `-` and `.` between them';
}
