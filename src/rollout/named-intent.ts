import type { Intent } from '../model/intent.ts';

/** As messages, branches and the command line name it. */
export function subjectName({ name, namespace }: Pick<Intent, 'name' | 'namespace'>): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Whether it can have versions, and so a rollout. */
export function isVersioned({ kind }: Pick<Intent, 'kind'>): boolean {
  return kind === 'service' || kind === 'external';
}

/** The intent with versions that a name means. */
export function intentNamed(intents: readonly Intent[], service: string): Intent | undefined {
  return intents.find((intent) => isVersioned(intent) && (subjectName(intent) === service || intent.name === service));
}
