import type { Variables } from './read-inputs.ts';

/**
 * Where the page of a code stands: in the repository of the action, as of the commit that runs (docs.github.com, "Variables reference",
 * GITHUB_ACTION_REPOSITORY and GITHUB_ACTION_REF). An action of the workflow's own repository has neither: then there is no link.
 */
export function diagnosticPages(variables: Variables): (code: string) => string | undefined {
  const { GITHUB_SERVER_URL: server = '', GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = '' } = variables;
  const isKnown = /^https:\/\/[\w.:-]+$/.test(server) && /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref);
  return (code) => (isKnown && /^MS\d{4}$/.test(code) ? `${server}/${repository}/blob/${ref}/docs/diagnostics/${code}.md` : undefined);
}
