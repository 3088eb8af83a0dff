import type { Registry } from '../model/environment.ts';
import type { Intent } from '../model/intent.ts';
import { type Json, objectOr } from '../model/json.ts';
import type { RolloutState } from '../model/rollout.ts';
import { intentNamed } from './named-intent.ts';

/** Members whose new version nobody has seen pods of, with why; none where the plan takes them for granted. */
export function unreadyMembers(
  intents: readonly Intent[],
  registry: Registry,
  { members, plan, queued }: RolloutState,
): ReadonlyMap<string, string> {
  if (plan.readiness.kind === 'assumed') return new Map();
  const found = new Map<string, string>();
  for (const { service, canary, target } of members) {
    const version = canary?.version ?? target ?? queued;
    const fault = version === undefined ? undefined : readinessFault(intents, registry, service, version);
    if (fault !== undefined) found.set(service, fault);
  }
  return found;
}

/** Why it is not known that a version has pods; undefined where the registry shows a Deployment of the service with the version's labels. */
export function readinessFault(
  intents: readonly Intent[],
  { deployments }: Registry,
  service: string,
  version: string,
): string | undefined {
  const intent = intentNamed(intents, service);
  const { labels = { version } } = objectOr(objectOr(intent?.value.versions)[version]);
  const wanted = Object.entries(objectOr(labels));
  const isShown = deployments.some(
    (deployment) =>
      wanted.every(([key, value]) => deployment.labels[key] === value) && isOf(deployment.labels.app, deployment.name, intent?.name),
  );
  if (isShown) return undefined;
  return `nothing shows that ${service} ${version} has ready pods: \`registry:\` has no Deployment of it. Add it, or say \`rollout: {assumeReady: true}\``;
}

function isOf(app: Json | undefined, deployment: string, service: string | undefined): boolean {
  return service === undefined || app === service || deployment === service || deployment.startsWith(`${service}-`);
}
