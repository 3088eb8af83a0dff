import type { ReadPoint } from '../model/read-back.ts';
import type { Clause } from './clauses.ts';
import type { MeantPort } from './ports-meant.ts';
import type { Party, Word } from './world.ts';

/** A place where http requests are looked at, and what intents mean for those that arrive there. */
export interface Vantage {
  readonly at: ReadPoint;
  readonly clauses: readonly Clause[];
  /** What the whole vantage exists for. */
  readonly word: Word;
  /** As people call the host: the intent's own words. */
  readonly host: string;
}

/** A connection that no http route has a say in. */
export interface Line {
  readonly at: ReadPoint;
  /** What the client speaks; behind a gateway where TLS ends, tcp routes take what it said in it. */
  readonly protocol: 'tls' | 'tcp';
  readonly party: Party;
  readonly port: MeantPort;
  /** Where `via` leads first. */
  readonly hop?: { readonly host: string; readonly port: number };
  readonly word: Word;
}

export interface Vantages {
  readonly http: readonly Vantage[];
  readonly lines: readonly Line[];
}

/** A host that a pattern stands for, and hardly anyone writes out beside it. */
export function concrete(host: string): string {
  return host.startsWith('*') ? `any-name${host === '*' ? '.example.com' : host.slice(1)}` : host;
}
