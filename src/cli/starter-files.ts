import type { FileTree } from '../model/source.ts';

const base = `# What holds in every environment that extends this one.
environment: base
abstract: true             # never rendered itself
istio: "1.29"              # the version of your mesh decides the dialect of the manifests
namespace: bookinfo
user: {header: end-user}   # how a user is recognised for pins
`;

const reviews = `# The ratings and reviews of a book. Ten lines say what a VirtualService and a DestinationRule need fifty for.
service: reviews
port: 9080
versions: [v1, v2, v3]
stable: v1                            # where everyone goes whom nothing else names
pins:
  - {user: jason, version: v2}        # this user always gets v2
`;

const prodReviews = `# What prod says differently: merged over ../../base/services/reviews.yaml, word by word.
service: reviews
canary: {version: v3, percent: 10}    # a tenth of the stable traffic
timeout: 5s
`;

/** What \`mainsheet init\` begins with: Bookinfo's reviews, in a dev and a prod environment over a common base. */
export const starterFiles: FileTree = new Map([
  [
    'mainsheet.yaml',
    '# Where things are; every word is optional and shown with its default.\nenvironments: environments\nrendered: {path: rendered}\n',
  ],
  ['environments/base/environment.yaml', base],
  ['environments/base/services/reviews.yaml', reviews],
  ['environments/dev/environment.yaml', 'environment: dev\nextends: [base]\n'],
  ['environments/prod/environment.yaml', 'environment: prod\nextends: [base]\n'],
  ['environments/prod/services/reviews.yaml', prodReviews],
]);
