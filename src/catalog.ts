/** Every kind of finding there is, for `mainsheet explain <code>`, the pages under docs/diagnostics and SARIF. */
import * as consume from './consume/diagnostics.ts';
import * as deploy from './deploy/diagnostics.ts';
import * as documentSchema from './document/schema-diagnostics.ts';
import * as documentText from './document/text-diagnostics.ts';
import * as documentYaml from './document/yaml-diagnostics.ts';
import * as emit from './emit/diagnostics.ts';
import * as expandDrawn from './expand/drawn-diagnostics.ts';
import * as expandManifest from './expand/manifest-diagnostics.ts';
import * as expandTemplate from './expand/template-diagnostics.ts';
import * as expect from './expect/diagnostics.ts';
import * as importing from './import/diagnostics.ts';
import * as load from './load/diagnostics.ts';
import type { DiagnosticDefinition } from './model/diagnostic.ts';
import { byCodePoint } from './model/names.ts';
import * as propose from './propose/diagnostics.ts';
import * as prove from './prove/prove-diagnostics.ts';
import * as repoOutput from './repo/diagnostics.ts';
import * as forge from './repo/forge/diagnostics.ts';
import * as repoGit from './repo/git/diagnostics.ts';
import * as repoInput from './repo/input-diagnostics.ts';
import * as resolveExposure from './resolve/exposure-diagnostics.ts';
import * as resolvePort from './resolve/port-diagnostics.ts';
import * as resolveReference from './resolve/reference-diagnostics.ts';
import * as resolveShare from './resolve/share-diagnostics.ts';
import * as rolloutGates from './rollout/gates/gate-diagnostics.ts';
import { intentRules, manifestRules } from './rules/rule-sets.ts';
import * as suppressions from './rules/suppressions.ts';
import * as waivers from './rules/waivers.ts';

/** What a page says of a finding; its summary needs the parameters of a case. */
export type CatalogEntry = Omit<DiagnosticDefinition<never>, 'summary'>;

const modules: readonly object[] = [
  documentText,
  documentYaml,
  documentSchema,
  repoInput,
  load,
  importing,
  resolveReference,
  resolveShare,
  resolvePort,
  resolveExposure,
  waivers,
  suppressions,
  expandTemplate,
  expandDrawn,
  expandManifest,
  emit,
  consume,
  deploy,
  prove,
  propose,
  repoOutput,
  repoGit,
  expect,
  rolloutGates,
  forge,
];

const rules = [...intentRules, ...manifestRules].map(({ definition }) => definition);

/** Sorted by code. */
export const catalog: readonly CatalogEntry[] = [...modules.flatMap(definitionsOf), ...rules].sort((a, b) => byCodePoint(a.code, b.code));

/** The entry of a code or a name: 'MS2001', 'ms2001' and 'known-version' are one. */
export function catalogEntry(reference: string): CatalogEntry | undefined {
  return catalog.find(({ code, name }) => code === reference.toUpperCase() || name === reference);
}

function definitionsOf(module: object): readonly CatalogEntry[] {
  return Object.values(module).filter(isDefinition);
}

function isDefinition(value: unknown): value is CatalogEntry {
  return typeof value === 'object' && value !== null && 'code' in value && 'summary' in value;
}
