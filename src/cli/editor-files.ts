import type { FileTree } from '../model/source.ts';
import type { SchemaKind } from './arguments/schema.ts';
import { schemaFileName, schemaText } from './schema-text.ts';

/** What editors are told by: every intent has one schema, which looks at the first key. */
const schemas: readonly { readonly kind: SchemaKind; readonly files: readonly string[] }[] = [
  { kind: 'intent', files: ['environments/**/*.yaml', 'environments/**/*.yml', '!**/*.test.yaml', '!**/*.test.yml'] },
  { kind: 'settings', files: ['mainsheet.yaml'] },
  { kind: 'tests', files: ['environments/**/*.test.yaml', 'environments/**/*.test.yml'] },
];

export const editorSettingsPath = '.vscode/settings.json';

/** The schemas themselves, for every editor with a YAML language server; and for VS Code, which files they are for. */
export function editorFiles(): FileTree {
  const associations = Object.fromEntries(schemas.map(({ kind, files }) => [`.schemas/${schemaFileName(kind)}`, files]));
  return new Map([
    ...schemas.map(({ kind }): [string, string] => [`.schemas/${schemaFileName(kind)}`, schemaText(kind)]),
    [editorSettingsPath, json({ 'yaml.schemas': associations })],
    ['.vscode/extensions.json', json({ recommendations: ['redhat.vscode-yaml'] })],
  ]);
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
