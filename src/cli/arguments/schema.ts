import type { CommandArguments } from '../command.ts';

export type SchemaFlags = {
  readonly out?: string;
};

export const schemaKinds = ['intent', 'service', 'external', 'gateway', 'environment', 'train', 'settings', 'tests'] as const;
export type SchemaKind = (typeof schemaKinds)[number];

export const schemaArguments: CommandArguments<SchemaFlags, [kind?: string]> = {
  brief: 'Print the JSON Schema of intents, so that editors complete and check them',
  about: `Prints the JSON Schema of one kind of file, or writes all of them into a folder. An editor with a YAML language server uses the
schema that the first line of a file names:  # yaml-language-server: $schema=<path or URL>`,
  examples: [
    { line: 'mainsheet schema service', does: 'The schema of a service intent' },
    { line: 'mainsheet schema --out .schemas', does: 'All schemas, one file each' },
    { line: 'mainsheet schema environment > environment.schema.json', does: 'The schema of environment.yaml' },
  ],
  parameters: {
    flags: {
      out: {
        kind: 'parsed',
        parse: String,
        brief: 'Write schemas into this folder instead of printing one',
        placeholder: 'DIR',
        optional: true,
      },
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: String,
          brief: `One of ${schemaKinds.join(', ')}`,
          placeholder: 'KIND',
          optional: true,
          proposeCompletions: (partial: string) => schemaKinds.filter((kind) => kind.startsWith(partial)),
        },
      ],
    },
  },
};
