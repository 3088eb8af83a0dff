import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { rulesOf, textsThat } from './policy-parts.ts';

/** `{*}` and `{**}` stand for whole segments of a path (Istio: pkg/config/security CheckValidPathTemplate, since 1.22). */
export const pathTemplatesInForm = defineObjectRule<{ id: string; path: string; problem: string }>({
  code: 'MS5607',
  name: 'path-templates-in-form',
  severity: 'error',
  summary: ({ id, path, problem }) => `the path \`${path}\` of ${id} ${problem}`,
  why: 'Envoy takes a path with `{*}` or `{**}` for a template and other braces for a mistake; Istio rejects the policy.',
  fix: 'Use `{*}` for one whole segment, `{**}` for the last operator, and plain segments between them: `/users/{*}/orders/{**}`.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  meshes: { from: 22 },
  check(object, report) {
    for (const { operations } of rulesOf(object.spec)) {
      for (const operation of operations) {
        for (const { text: path, pointer } of textsThat(operation, ['paths', 'notPaths'], hasBrace)) {
          const problem = problemOf(path);
          if (problem !== undefined) report({ params: { id: titleOf(object), path, problem }, pointer });
        }
      }
    }
  },
});

/** Whatever is wrong with a path, there is a brace in it. */
function hasBrace(path: string): boolean {
  return path.includes('{') || path.includes('}');
}

const operators: readonly string[] = ['{*}', '{**}'];

function problemOf(path: string): string | undefined {
  const template = operators.some((operator) => path.includes(operator));
  let ended = false;
  for (const segment of path.replaceAll(/^\/+|\/+$/g, '').split('/')) {
    if (operators.includes(segment)) {
      if (ended) return 'goes on after `{**}`';
      ended = segment === '{**}';
    } else if (/[{}]/.test(segment)) return `has braces in \`${segment}\` that are no \`{*}\` or \`{**}\` by themselves`;
    else if (template && !/^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/.test(segment))
      return segment === '' ? 'is a template with an empty segment' : `is a template with \`${segment}\`, which is no plain segment`;
  }
  return undefined;
}
