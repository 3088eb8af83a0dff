import type { DiagnosticsFormatName } from '../../report/formats.ts';
import type { CommandArguments } from '../command.ts';
import { istioFlag, type MeshFlags, manifestsFlag, namespaceFlag } from './mesh-flags.ts';
import { environmentsFlag, formatFlag, rootFlag } from './shared-flags.ts';

export type TestFlags = MeshFlags & {
  readonly env?: readonly string[];
  readonly format: DiagnosticsFormatName;
  readonly coverage?: boolean;
  readonly init?: boolean;
  readonly root?: string;
};

export const testArguments: CommandArguments<TestFlags, string[]> = {
  brief: 'Run routing tests: what requests must become',
  about: `Reads every file named *.test.yaml beside the intents (environments/ENV/**/*.test.yaml, and those of the folders that ENV extends),
asks the manifests by Istio's own rules where each request goes, and says what is otherwise than expected, with the line of the
expectation and the words of the intent that decided. Named files are run instead; those of GetYourGuide's istio-config-validator are
read as they are, and where that tool would say something else than Istio does there is a warning.

--init writes tests of what the manifests do today, one for each route, into environments/ENV/tests/; files that are there are kept.

Exit codes: 0 all as expected, 1 a test fails or cannot be read, 3 the disk failed (run again).`,
  examples: [
    { line: 'mainsheet test', does: 'The tests of every environment' },
    { line: 'mainsheet test --env prod --coverage', does: 'And which routes no test touches' },
    { line: 'mainsheet test --init --env prod', does: "Begin with today's behaviour" },
    { line: 'mainsheet test --format junit > junit.xml', does: 'For CI: a test case for each case' },
    { line: 'mainsheet test --manifests k8s/ routing.test.yaml', does: "Test anyone's manifests" },
  ],
  parameters: {
    flags: {
      env: environmentsFlag,
      format: formatFlag('Form of the results'),
      coverage: { kind: 'boolean', brief: 'Also say which routes no test touches', optional: true, withNegated: false },
      init: { kind: 'boolean', brief: 'Write tests of what the manifests do today', optional: true, withNegated: false },
      manifests: manifestsFlag(
        'Test these Kubernetes manifests instead of intents: a folder, a file, or - for standard input; may be repeated',
      ),
      istio: istioFlag,
      namespace: namespaceFlag,
      root: rootFlag,
    },
    aliases: { e: 'env' },
    positional: {
      kind: 'array',
      parameter: { parse: String, brief: 'Test files, or folders of them, instead of those beside the intents', placeholder: 'TESTFILE' },
    },
  },
};
