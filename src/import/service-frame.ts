import type { JsonObject } from '../model/json.ts';

/** What is known of a service while its routes are put into words. */
export interface ServiceFrame {
  readonly fqdn: string;
  /** Names of its subsets. */
  readonly versions: readonly string[];
  /** A host as an object of this namespace writes it, fully qualified. */
  readonly qualify: (host: string) => string;
  /** The user whose requests a match takes, and no others. */
  readonly userIn: (match: JsonObject) => string | undefined;
  /** What a destination on another host is called, where routes that lead to it can be said. */
  readonly elsewhere: (fqdn: string) => Elsewhere;
}

export interface Elsewhere {
  /** The service's intent: `to: {service: …}` is what it answers, and it answers by its bare host. */
  readonly service?: string;
  /** The port that such a destination carries unasked. */
  readonly port?: number;
  /** Routes of its own, or versions, lie behind the bare host: nothing leads past them. */
  readonly hasVersions: boolean;
}
