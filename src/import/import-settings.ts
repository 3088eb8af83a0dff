import type { JsonObject } from '../model/json.ts';

/** What holds for all intents of the environment that manifests are imported into. */
export interface ImportSettings {
  /** Of intents that name none; absent = manifests carry none. */
  readonly namespace?: string;
  readonly clusterDomain: string;
  /** Put on every manifest. */
  readonly labels: JsonObject;
  /** The user whose requests a match takes, and no others. */
  readonly userIn: (match: JsonObject) => string | undefined;
}
