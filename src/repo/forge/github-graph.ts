import type { Octokit } from '@octokit/rest';
import { failureIn, forgeFault } from './forge-fault.ts';
import { flag, listIn, member, objectIn, text, wholeNumber } from './read-answer.ts';

/** What only GitHub's GraphQL can do. */
export interface GithubGraph {
  /** Comments by whoever the token belongs to, oldest first, of the newest hundred. */
  readonly ownComments: (owner: string, repo: string, number: number) => Promise<readonly { readonly id: number; readonly body: string }[]>;
  readonly setDraft: (pull: string, draft: boolean) => Promise<void>;
  readonly enableAutomerge: (pull: string, head: string) => Promise<'enabled' | 'nothing to wait for'>;
  /** Does nothing where it is off. */
  readonly disableAutomerge: (pull: string) => Promise<void>;
}

const comments = `query ($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { comments(last: 100) { nodes { databaseId body viewerDidAuthor } } }
  }
}`;
const toDraft = 'mutation ($pull: ID!) { convertPullRequestToDraft(input: { pullRequestId: $pull }) { clientMutationId } }';
const toReady = 'mutation ($pull: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $pull }) { clientMutationId } }';
const enable = `mutation ($pull: ID!, $head: GitObjectID!, $how: PullRequestMergeMethod!) {
  enablePullRequestAutoMerge(input: { pullRequestId: $pull, expectedHeadOid: $head, mergeMethod: $how }) { clientMutationId }
}`;
const disable = 'mutation ($pull: ID!) { disablePullRequestAutoMerge(input: { pullRequestId: $pull }) { clientMutationId } }';

/** In the order in which they are tried: a repository may forbid some. */
const methods = ['MERGE', 'SQUASH', 'REBASE'] as const;

export function createGithubGraph(octokit: Octokit): GithubGraph {
  const ask = async (query: string, variables: Record<string, unknown>): Promise<unknown> => {
    try {
      return await octokit.graphql(query, variables);
    } catch (thrown) {
      throw failureIn(thrown) === undefined ? graphFault(thrown) : thrown;
    }
  };
  /** An answer without the mutation's own field may hide that it was refused. */
  const change = async (name: string, query: string, variables: Record<string, unknown>): Promise<void> => {
    member(objectIn(await ask(query, variables), 'the answer'), name);
  };
  return {
    ownComments: async (owner, repo, number) => {
      const { repository } = objectIn(await ask(comments, { owner, repo, number }), 'the answer');
      const found = member(member(objectIn(repository, 'repository'), 'pullRequest'), 'comments');
      return listIn(found.nodes, 'comments')
        .filter((one) => flag(one, 'viewerDidAuthor'))
        .map((one) => ({ id: wholeNumber(one, 'databaseId'), body: text(one, 'body') }));
    },
    setDraft: (pull, draft) =>
      draft ? change('convertPullRequestToDraft', toDraft, { pull }) : change('markPullRequestReadyForReview', toReady, { pull }),
    enableAutomerge: async (pull, head) => {
      for (const [index, how] of methods.entries()) {
        try {
          await change('enablePullRequestAutoMerge', enable, { pull, head, how });
          return 'enabled';
        } catch (thrown) {
          const message = failureIn(thrown)?.message ?? '';
          if (/clean status/i.test(message)) return 'nothing to wait for';
          if (index === methods.length - 1 || !/not allowed on this repository/i.test(message) || !/merge method/i.test(message))
            throw thrown;
        }
      }
      return 'enabled';
    },
    disableAutomerge: async (pull) => {
      try {
        await change('disablePullRequestAutoMerge', disable, { pull });
      } catch (thrown) {
        if (!/not enabled|can't disable|cannot disable/i.test(failureIn(thrown)?.message ?? '')) throw thrown;
      }
    },
  };
}

/** GraphQL answers 200 and lists errors; the client throws them. */
function graphFault(thrown: unknown): unknown {
  // The client stumbles over JSON that is no object.
  if (thrown instanceof TypeError) return forgeFault('unreadable', "the forge's answer is no answer of GraphQL");
  if (!(thrown instanceof Error && 'errors' in thrown)) return thrown;
  const errors = listIn(thrown.errors, 'errors');
  const isForbidden = errors.some(({ type }) => type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES');
  const message = errors.map(({ message: words }) => (typeof words === 'string' ? words : '')).join('; ');
  return forgeFault(isForbidden ? 'forbidden' : 'invalid', `the forge refuses it: ${message}`);
}
