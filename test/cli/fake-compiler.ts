import type { Compiled, CreateCompiler } from '../../src/cli/compiler.ts';
import type { LocatedDiagnostic } from '../../src/model/diagnostic.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { type FileTree, isSpan } from '../../src/model/source.ts';

/**
 * Stands for the pipeline where only the commands are looked at: `environments/<env>/<name>.yaml` renders to `service/<name>.yaml` with
 * the same words, a line `bad` is an error, a line `odd` a warning, `until <day>` a warning after that day.
 */
export const fakeCompiler: CreateCompiler = (tree, options) => ({
  settings: {
    value: {
      environments: 'environments',
      templates: 'templates',
      rendered: 'rendered',
      automerge: 'never' as const,
      phases: 'pull-requests' as const,
      maxPullRequests: 20,
    },
    diagnostics: [],
  },
  environments: () => ({
    value: [...new Set([...tree.keys()].map((path) => path.split('/')[1] ?? ''))].filter((name) => name !== '').sort(),
    diagnostics: [],
  }),
  compile: (environment) => compiled(tree, environment, options.today ?? ''),
  locate: (diagnostics) =>
    diagnostics.map(({ at, related: _related, ...rest }) => ({ ...rest, related: [], ...(at !== undefined && isSpan(at) ? { at } : {}) })),
});

function compiled(tree: FileTree, environment: string, today: string): Compiled {
  const diagnostics = findings(tree, environment, today);
  const isBroken = diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  const inputs = isBroken ? [] : intentsOf(tree, environment);
  const files = inputs.map(([name, text]): [string, string] => [`service/${name}.yaml`, `kind: VirtualService\n${text}`]);
  const kustomization = `resources: [${files.map(([path]) => path).join(', ')}]\n`;
  return {
    diagnostics,
    folders: [],
    manifests: inputs.map(([name]) => manifest(name)),
    ok: true,
    shards: 1,
    files: new Map([...files, ['kustomization.yaml', kustomization]]),
  };
}

function manifest(name: string): Manifest {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    name,
    body: { kind: 'VirtualService', metadata: { name } },
    provenance: { slots: [], values: [], renames: [] },
    owner: { kind: 'service', name, origin: { kind: 'default' } },
  };
}

function intentsOf(tree: FileTree, environment: string): readonly (readonly [string, string])[] {
  const prefix = `environments/${environment}/`;
  return [...tree]
    .filter(([path]) => path.startsWith(prefix) && !path.endsWith('environment.yaml'))
    .map(([path, text]) => [path.slice(prefix.length).replace('.yaml', ''), text]);
}

function findings(tree: FileTree, environment: string, today: string): readonly LocatedDiagnostic[] {
  return [...tree].flatMap(([file, text]) =>
    file.startsWith(`environments/${environment}/`)
      ? [...text.matchAll(/^(?:bad|odd|until (\S+))$/gm)]
          .filter(([, day]) => day === undefined || day < today)
          .map((match) => finding(file, match.index, match[0] === 'bad' ? 'error' : 'warning'))
      : [],
  );
}

function finding(file: string, start: number, severity: 'error' | 'warning'): LocatedDiagnostic {
  const said = { name: 'no-bad-word', message: `a ${severity} of the fake`, why: 'It is a test.', fix: 'Write another word.' };
  return {
    code: severity === 'error' ? 'MS3999' : 'MS3998',
    severity,
    ...said,
    at: { file, start, end: start + 3 },
    related: [],
    hints: [],
  };
}
