import type { CommandArguments } from '../command.ts';

export type SchemaFlags = {
  readonly out?: string;
};

export const schemaKinds = ['intent', 'service', 'external', 'gateway', 'environment', 'train', 'settings', 'tests'] as const;
export type SchemaKind = (typeof schemaKinds)[number];

export const schemaArguments: CommandArguments<SchemaFlags, string[]> = {
  brief: 'Print the JSON Schema of intents, so that editors complete and check them',
  about: `Prints the JSON Schema of one kind of file, or writes some or all of them into a folder. \`init\` writes those that editors need, and
says in .vscode/settings.json what they are for. An editor with a YAML language server also uses the schema that the first line of a file
names:  # yaml-language-server: $schema=<path or URL>`,
  examples: [
    { line: 'mainsheet schema service', does: 'The schema of a service intent' },
    { line: 'mainsheet schema intent settings tests --out .schemas', does: 'After an update: what editors read, anew' },
    { line: 'mainsheet schema --out schemas', does: 'All schemas, one file each' },
    { line: 'mainsheet schema environment > environment.schema.json', does: 'The schema of environment.yaml' },
  ],
  parameters: {
    flags: {
      out: {
        kind: 'parsed',
        parse: String,
        brief: 'Write schemas into this folder instead of printing one; all, where none is named',
        placeholder: 'DIR',
        optional: true,
      },
    },
    positional: {
      kind: 'array',
      parameter: {
        parse: String,
        brief: `${schemaKinds.join(', ')}; \`intent\` is all that stand under environments/ in one`,
        placeholder: 'KIND',
        proposeCompletions: (partial: string) => schemaKinds.filter((kind) => kind.startsWith(partial)),
      },
    },
  },
};
