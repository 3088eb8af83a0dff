import { isKustomization } from '../../repo/plan-writes.ts';
import { visibleJson } from '../../report/visible-text.ts';
import type { CliContext } from '../cli-context.ts';
import type { Compiled } from '../compiler.ts';

/** Manifests and nothing else: YAML documents as the files hold them, without kustomizations, or one JSON List. */
export function printManifests(context: CliContext, compilation: Compiled, format: 'yaml' | 'json'): void {
  const { stdout } = context.process;
  if (format === 'json') {
    const items = compilation.manifests.map((manifest) => manifest.body);
    stdout.write(`${visibleJson({ apiVersion: 'v1', kind: 'List', items })}\n`);
    return;
  }
  for (const [path, text] of compilation.files) {
    if (isKustomization(path)) continue;
    stdout.write(text.startsWith('---\n') ? text : `---\n${text}`);
  }
}
