import { defineDiagnostic } from '../model/diagnostic.ts';

export const drawsYaml = defineDiagnostic<{ problem: string }>({
  code: 'MS4020',
  name: 'draws-yaml',
  severity: 'error',
  summary: ({ problem }) => `what this template draws cannot be used: ${problem}`,
  why: 'A manifest is one plain YAML map, the same for every reader.',
  fix: 'Draw the same document by hand first; then put `{{…}}` where its values stand. Blocks and partials stand alone on their line.',
  since: '0.1.0',
});

export const noValueAsKey = defineDiagnostic<Record<string, never>>({
  code: 'MS4021',
  name: 'no-value-as-key',
  severity: 'error',
  summary: () => 'a value is printed where a key stands',
  why: 'Text from an intent would then decide which fields the manifest has.',
  fix: 'Write the key out. A map whose keys come from the intent, such as labels, is drawn whole with `{{node path}}`.',
  since: '0.1.0',
});

export const everyValueBound = defineDiagnostic<{ where: 'a comment' | 'no value' }>({
  code: 'MS4022',
  name: 'every-value-bound',
  severity: 'error',
  summary: ({ where }) => (where === 'a comment' ? 'a value is printed in a comment' : 'a value is printed where YAML sees no value'),
  why: 'What an intent says must arrive in the manifest, and comments do not.',
  fix: 'Delete the comment or write it as `{{! … }}`; put quotes around a text that holds ` #`.',
  since: '0.1.0',
});

export const nodeStandsAlone = defineDiagnostic<{ field: string }>({
  code: 'MS4023',
  name: 'node-stands-alone',
  severity: 'error',
  summary: ({ field }) => `\`{{node ${field}}}\` stands inside a text`,
  why: 'A whole map or list can be a value, never a part of a text.',
  fix: 'Let it be the whole value, without quotes: `labels: {{node labels}}`. Inside a text, print a single value with `{{path}}`.',
  since: '0.1.0',
});

export const printsScalars = defineDiagnostic<{ found: string }>({
  code: 'MS4024',
  name: 'prints-scalars',
  severity: 'error',
  summary: ({ found }) => `this template prints ${found} as if it were a text`,
  why: 'There is no one text that it would have in a manifest.',
  fix: 'Draw it whole with `{{node path}}`; the template must do that for whatever may be a map or a list.',
  since: '0.1.0',
});

export const boundKeysAllowed = defineDiagnostic<{ key: string }>({
  code: 'MS4025',
  name: 'bound-keys-allowed',
  severity: 'error',
  summary: ({ key }) => `this value holds the key \`${key}\``,
  why: 'Programs that read the manifest could be made to change their own behaviour by such a key.',
  fix: 'Rename the key; no Kubernetes object needs it.',
  since: '0.1.0',
});

export const boundWithinDepth = defineDiagnostic<{ limit: number }>({
  code: 'MS4026',
  name: 'bound-within-depth',
  severity: 'error',
  summary: ({ limit }) => `this value nests maps and lists more than ${limit} levels deep`,
  why: 'No Kubernetes object is nested that deep; such a value only serves to exhaust its reader.',
  fix: 'Flatten the value.',
  since: '0.1.0',
});

export const drawsItsObject = defineDiagnostic<{ place: string; drawn: string; expected: string }>({
  code: 'MS4030',
  name: 'draws-its-object',
  severity: 'error',
  summary: ({ place, drawn, expected }) => `this template draws ${place} ${drawn} instead of ${expected}`,
  why: 'Its apiVersion, kind, name and namespace say which object this is; under another name its owner, its proof and its removal would be lost.',
  fix: 'Keep `apiVersion`, `kind` and `{{> metadata}}` of the built-in template. `names:` and `namespace:` in the intent rename objects.',
  since: '0.1.0',
});

export const drawsAnObject = defineDiagnostic<{ missing: string }>({
  code: 'MS4031',
  name: 'draws-an-object',
  severity: 'error',
  summary: ({ missing }) => `this template draws an object without ${missing}`,
  why: 'Kubernetes cannot tell what it would be, and Mainsheet could not find it again to update or remove it.',
  fix: 'Draw one Kubernetes object: `apiVersion`, `kind` and `metadata:` with a `name`.',
  since: '0.1.0',
});

export const drawsOtherKinds = defineDiagnostic<{ found: string }>({
  code: 'MS4032',
  name: 'draws-other-kinds',
  severity: 'error',
  summary: ({ found }) => `a template of your own draws ${found}`,
  why: 'Routing and its security come from intents alone; an object drawn past them would be neither proven nor phased.',
  fix: 'Say it in an intent, in a `patches:` entry of one, or keep the object under `manifests:` of the environment.',
  since: '0.1.0',
});
