import { type Intent, intentTitle } from '../model/intent.ts';
import { type Manifest, manifestId } from '../model/manifest.ts';
import { visibleJson, visibleText } from './visible-text.ts';

/** An environment with what it says and what that becomes. */
export interface ListedEnvironment {
  readonly name: string;
  readonly intents: readonly Intent[];
  readonly manifests: readonly Manifest[];
}

/** One line per intent: title, the file that has the last word on it, and its objects. */
export function renderIntentListText(environments: readonly ListedEnvironment[]): string {
  return environments.map(environmentText).join('\n');
}

/** `{version: 1, environments: [{name, intents: [{kind, name, namespace?, files, manifests: [id]}]}]}` */
export function renderIntentListJson(environments: readonly ListedEnvironment[]): string {
  const listed = environments.map(({ name, intents, manifests }) => ({
    name,
    intents: intents.map((intent) => ({
      ...{ kind: intent.kind, name: intent.name },
      ...(intent.namespace === undefined ? {} : { namespace: intent.namespace }),
      files: filesOf(intent),
      manifests: manifestsOf(intent, manifests),
    })),
  }));
  return `${visibleJson({ version: 1, environments: listed })}\n`;
}

function environmentText({ name, intents, manifests }: ListedEnvironment): string {
  const rows = intents.map((intent) =>
    [intentTitle(intent), filesOf(intent).at(-1) ?? '', manifestsOf(intent, manifests).join(', ')].map(visibleText),
  );
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
  return [visibleText(name), ...(lines.length === 0 ? ['  no intents'] : lines), ''].join('\n');
}

/** Lowest layer first; defaults of the environment are no file of the intent's own. */
function filesOf(intent: Intent): readonly string[] {
  return [...new Set(intent.layers.filter((layer) => layer.kind === 'intent').map((layer) => layer.file))];
}

function manifestsOf(intent: Intent, manifests: readonly Manifest[]): readonly string[] {
  const isOwn = ({ owner }: Manifest): boolean =>
    owner.kind === intent.kind && owner.name === intent.name && owner.namespace === intent.namespace;
  return manifests.filter(isOwn).map(manifestId);
}
