import type { Environment } from '../model/environment.ts';
import { intentTitle, originOf } from '../model/intent.ts';
import { isObject, type Json, objectOr } from '../model/json.ts';
import { type Traced, traced } from '../model/origin.ts';
import { joinPointer } from '../model/pointer.ts';
import type { ResolvedIntent } from '../model/resolved.ts';
import type { View, ViewObject } from '../model/view.ts';

/** What a user's own template may read of the environment: `{{environment.name}}`, `{{environment.namespace}}`, `{{environment.istio}}`. */
export function environmentView(environment: Environment): ViewObject {
  const of = (word: string, value: string | undefined) =>
    value === undefined ? undefined : traced(value, originOf(environment, `/${word}`));
  return {
    name: of('environment', environment.name),
    namespace: of('namespace', environment.namespace),
    istio: of('istio', environment.istio.text),
    clusterDomain: of('clusterDomain', environment.clusterDomain),
  };
}

/** What it may read of one intent: name, namespace, host, hosts, stable, versions (name, labels), ports (name, number, protocol), labels. */
export function intentView({ intent }: ResolvedIntent, environment: Environment): ViewObject {
  const { value } = intent;
  const scalar = (word: string): Traced | undefined =>
    typeof value[word] === 'string' ? traced(value[word], originOf(intent, `/${word}`)) : undefined;
  const namespace =
    scalar('namespace') ??
    (environment.namespace === undefined ? undefined : traced(environment.namespace, originOf(environment, '/namespace')));
  return {
    environment: environmentView(environment),
    title: traced(intentTitle(intent), originOf(intent, `/${intent.kind}`)),
    name: traced(intent.name, originOf(intent, `/${intent.kind}`)),
    namespace,
    host: scalar('host') ?? traced(intent.name, originOf(intent, `/${intent.kind}`)),
    hosts: Array.isArray(value.hosts)
      ? value.hosts.map((host: Json, i: number) => traced(host, originOf(intent, `/hosts/${i}`)))
      : undefined,
    stable: scalar('stable'),
    versions: entries('versions', (name, version, pointer) => ({
      name: traced(name, originOf(intent, pointer, 'key')),
      labels: traced(isObject(version) && version.labels !== undefined ? version.labels : { version: name }, originOf(intent, pointer)),
    })),
    ports: entries('ports', (name, port, pointer) => ({
      name: traced(name, originOf(intent, pointer, 'key')),
      number: traced(isObject(port) && port.number !== undefined ? port.number : Number(name), originOf(intent, pointer)),
      protocol: isObject(port) && port.protocol !== undefined ? traced(port.protocol, originOf(intent, `${pointer}/protocol`)) : undefined,
    })),
    labels: Object.keys(environment.labels).length > 0 ? traced(environment.labels, originOf(environment, '/labels')) : undefined,
  };

  function entries(word: 'versions' | 'ports', view: (key: string, item: Json, pointer: string) => ViewObject): View {
    return Object.entries(objectOr(value[word])).map(([key, item]) => view(key, item, joinPointer(`/${word}`, key)));
  }
}
