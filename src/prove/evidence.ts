import type { JsonObject } from '../model/json.ts';
import type { ManifestOwner } from '../model/manifest.ts';
import type { ReadBack, ReadSource } from '../model/read-back.ts';
import type { Place } from '../model/source.ts';

/** What a proof compares with, besides the intents. */
export interface Evidence {
  /** Of the manifests that were drawn, before any patch. */
  readonly readBack: ReadBack;
  /** Sidecars and AuthorizationPolicies as they were asked for, by title. */
  readonly asked: (title: string) => AskedObject | undefined;
  /** Which intent asked for a manifest, by the manifest's title. */
  readonly ownerOf: (title: string) => ManifestOwner | undefined;
  /** Whether several manifests have the title. */
  readonly isTwin: (title: string) => boolean;
  /** Where the counting VirtualServices say what they are bound to: the first of them. */
  readonly sourcesOf: (counts: (title: string) => boolean, atGateway: boolean) => ReadSource | undefined;
  /** The line of a template, as a place to show. */
  readonly templateLine: (file: string, line: number) => Place | undefined;
}

/** What an object has to say, whatever template draws it, and the words that ask for it. */
export interface AskedObject {
  readonly spec: JsonObject;
  readonly dryRun: boolean;
  readonly at?: Place;
}

/** The template's line. */
export function relatedTo(source: ReadSource | undefined, templateLine: Evidence['templateLine']): { message: string; at: Place }[] {
  if (source?.template === undefined) return [];
  const { template, manifest } = source;
  const at = templateLine(template.file, template.line);
  return at === undefined ? [] : [{ message: `line ${template.line} drew this part of ${manifest}`, at }];
}
