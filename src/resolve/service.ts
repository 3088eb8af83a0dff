import { namespaceOfHost, qualifiedHost } from '../istio/host.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Environment } from '../model/environment.ts';
import { type Intent, originOf } from '../model/intent.ts';
import { derived, type Traced, traced } from '../model/origin.ts';
import { type ExternalWords, externalWords, type RoutingWords, type ServiceWords, serviceWords } from '../model/words.ts';
import { namespaceIn } from './index-intents.ts';
import { type Port, readPorts } from './ports.ts';

/** A host that routes can lead to, as other intents see it. */
export interface Target {
  readonly intent: Intent;
  readonly words: RoutingWords;
  readonly namespace?: string;
  /** As the intent spells it. */
  readonly host: Traced<string>;
  /** With short names written out; equal to the host where no namespace is known. */
  readonly fqdn: string;
  readonly ports: readonly Port[];
  readonly versions: readonly string[];
}

export interface ServiceTarget extends Target {
  readonly words: ServiceWords;
}

export interface ExternalTarget extends Target {
  readonly words: ExternalWords;
  readonly hosts: readonly Traced<string>[];
}

export function serviceTarget(environment: Environment, intent: Intent, diagnostics: Diagnostic[]): ServiceTarget {
  const words = serviceWords(intent);
  const namespace = namespaceIn(environment, intent);
  const host =
    words.host === undefined
      ? traced(intent.name, derived(originOf(intent, `/${intent.kind}`), 'a service is called by its name'))
      : traced(words.host, originOf(intent, '/host'));
  return {
    intent,
    words,
    ...(namespace === undefined ? {} : { namespace }),
    host,
    fqdn: qualifiedHost(host.value, namespace, environment.clusterDomain),
    ports: readPorts(intent, words.ports, diagnostics),
    versions: Object.keys(words.versions ?? {}),
  };
}

export function externalTarget(environment: Environment, intent: Intent, diagnostics: Diagnostic[]): ExternalTarget | undefined {
  const words = externalWords(intent);
  const namespace = namespaceIn(environment, intent);
  const hosts = (words.hosts ?? []).map((host, i) => traced(host, originOf(intent, `/hosts/${i}`)));
  const [host] = hosts;
  if (host === undefined) return undefined;
  return {
    intent,
    words,
    ...(namespace === undefined ? {} : { namespace }),
    host,
    hosts,
    fqdn: host.value,
    ports: readPorts(intent, words.ports, diagnostics),
    versions: Object.keys(words.versions ?? {}),
  };
}

/** How a target's host is written from another namespace: as it is spelled where that means the same, fully qualified elsewhere. */
export function hostSeenFrom(target: Target, namespace: string | undefined): Traced<string> {
  if (target.namespace === namespace || target.host.value === target.fqdn) return target.host;
  return traced(target.fqdn, derived(target.host.origin, 'a short name means another host in another namespace'));
}

/** The namespace whose clients and registry see this host first: the one its name says, or its intent's. */
export function homeNamespace(target: Target, clusterDomain: string): string | undefined {
  return namespaceOfHost(target.host.value, clusterDomain) ?? target.namespace;
}
