import { defineDiagnostic } from '../../model/diagnostic.ts';

/** What git holds up: MS8010–MS8029 declined for safety (exit 4), MS8040–MS8059 the machine or a remote failed (exit 3), MS8060 on the input's fault (exit 1). */

export const commitPathFree = defineDiagnostic<{ path: string; reason: string }>({
  code: 'MS8010',
  name: 'commit-path-free',
  severity: 'error',
  summary: ({ path, reason }) => `${path} cannot be committed: ${reason}`,
  why: 'Git would silently drop what stands there, or a checkout on another machine would lose one of the two.',
  fix: 'Rename one of the two, or move away what stands in the way, in a commit of its own.',
  since: '0.1.0',
});

export const pushAccepted = defineDiagnostic<{ branch: string; remote: string; answer: string }>({
  code: 'MS8011',
  name: 'push-accepted',
  severity: 'error',
  summary: ({ branch, remote, answer }) => `${remote} refused the push to ${branch}: ${answer}`,
  why: 'A rule of the server or of the forge decides that, so pushing again would be refused again.',
  fix: 'Read what the server says; protected branches, required signatures and quotas are set there, not here.',
  since: '0.1.0',
});

export const branchNameFree = defineDiagnostic<{ branch: string; other: string }>({
  code: 'MS8012',
  name: 'branch-name-free',
  severity: 'error',
  summary: ({ branch, other }) => `branch ${branch} cannot stand beside ${other}`,
  why: 'A branch and a folder of branches cannot have one name, and names that differ in case alone are one on some machines.',
  fix: 'Delete or rename the other branch on the remote.',
  since: '0.1.0',
});

export const remoteAllowed = defineDiagnostic<{ remote: string; reason: string }>({
  code: 'MS8013',
  name: 'remote-allowed',
  severity: 'error',
  summary: ({ remote, reason }) => `Mainsheet does not talk to remote ${remote}: ${reason}`,
  why: 'A token must not travel in the clear, and some kinds of addresses run a program of their own choice.',
  fix: 'Use an address that begins with https:// or ssh://, or `user@host:path`, or a folder.',
  since: '0.1.0',
});

export const operationFinished = defineDiagnostic<{ operation: string }>({
  code: 'MS8014',
  name: 'operation-finished',
  severity: 'error',
  summary: ({ operation }) => `a ${operation} is in progress in this work tree`,
  why: 'Files may be half of one state and half of another, so what they say is nobody’s intention.',
  fix: 'Finish it or abort it with git, then run again.',
  since: '0.1.0',
});

export const reviewedCommit = defineDiagnostic<{ commit: string; branch: string }>({
  code: 'MS8015',
  name: 'reviewed-commit',
  severity: 'error',
  summary: ({ commit, branch }) => `${commit} was never a commit of ${branch} on the remote, so it is not published`,
  why: 'What is published is applied. Only what was merged to the base branch was reviewed: of a merged branch that is the merge, not its commits.',
  fix: 'Push or merge it first, or check out the base branch: `git checkout origin/main`.',
  since: '0.1.0',
});

export const outputBranchApart = defineDiagnostic<{ branch: string; reason: string }>({
  code: 'MS8016',
  name: 'output-branch-apart',
  severity: 'error',
  summary: ({ branch, reason }) => `rendered output cannot go to branch ${branch}: ${reason}`,
  why: 'Publishing replaces what the branch holds, without a review: on a branch that has another use, that would be lost or passed by.',
  fix: 'Give rendered output a branch of its own in `mainsheet.yaml`: `rendered: {branch: rendered}`.',
  since: '0.1.0',
});

export const gitInstalled = defineDiagnostic<Record<string, never>>({
  code: 'MS8040',
  name: 'git-installed',
  severity: 'error',
  summary: () => 'there is no git to run',
  why: 'History, branches and pushes are git’s; Mainsheet has no git of its own.',
  fix: 'Install git 2.38 or newer and see that it is in PATH, with an absolute path.',
  since: '0.1.0',
});

export const inGitRepository = defineDiagnostic<{ folder: string }>({
  code: 'MS8041',
  name: 'in-git-repository',
  severity: 'error',
  summary: ({ folder }) => `${folder} is in no git repository`,
  why: 'There is no history to compare with, and no branch to propose.',
  fix: 'Run it in a clone; in a container, see that .git has been copied or mounted too.',
  since: '0.1.0',
});

export const repositoryTrusted = defineDiagnostic<{ folder: string }>({
  code: 'MS8042',
  name: 'repository-trusted',
  severity: 'error',
  summary: ({ folder }) => `git does not trust ${folder}: it belongs to another user`,
  why: 'Settings of a repository can run programs, so git uses none that another user could have written.',
  fix: 'Change the owner, or trust just this folder: `git config --global --add safe.directory <folder>`.',
  since: '0.1.0',
});

export const hasWorkTree = defineDiagnostic<{ folder: string }>({
  code: 'MS8043',
  name: 'has-work-tree',
  severity: 'error',
  summary: ({ folder }) => `${folder} is a bare repository: it has no work tree`,
  why: 'Intents are read from files.',
  fix: 'Add a work tree and run it there: `git worktree add ../work main`.',
  since: '0.1.0',
});

export const historyAvailable = defineDiagnostic<{ what: string }>({
  code: 'MS8044',
  name: 'history-available',
  severity: 'error',
  summary: ({ what }) => `${what} is not in this clone`,
  why: 'The clone holds only a part of the repository, as many CI systems make it; a guess at the rest would be a wrong comparison.',
  fix: 'Fetch it with the command in the help line, then run again.',
  since: '0.1.0',
});

export const remoteKnown = defineDiagnostic<{ reason: string }>({
  code: 'MS8045',
  name: 'remote-known',
  severity: 'error',
  summary: ({ reason }) => `no remote to work with: ${reason}`,
  why: 'Branches are pushed to, and compared with those of, one remote; choosing it by chance would be worse than asking.',
  fix: 'Add one: `git remote add origin <address>`; or name it in the command (`--remote`, where the command has it).',
  since: '0.1.0',
});

export const remoteReachable = defineDiagnostic<{ remote: string; answer: string }>({
  code: 'MS8046',
  name: 'remote-reachable',
  severity: 'error',
  summary: ({ remote, answer }) => `remote ${remote} did not answer as it should: ${answer}`,
  why: 'Nothing is known to have changed there.',
  fix: 'Run again when the connection works: a run that was cut off is taken up where it was.',
  since: '0.1.0',
});

export const remoteAuthorized = defineDiagnostic<{ remote: string; answer: string }>({
  code: 'MS8047',
  name: 'remote-authorized',
  severity: 'error',
  summary: ({ remote, answer }) => `remote ${remote} let nobody in: ${answer}`,
  why: 'Without rights on the repository nothing can be read or pushed; many servers say of what they hide that it is not there.',
  fix: 'Give a token that may read and write the contents of this repository, or set up git so that `git push` works by hand.',
  since: '0.1.0',
});

export const gitFinished = defineDiagnostic<{ action: string; answer: string }>({
  code: 'MS8048',
  name: 'git-finished',
  severity: 'error',
  summary: ({ action, answer }) => `git could not ${action}: ${answer}`,
  why: 'What git did not do, nothing can be built on.',
  fix: 'Mend what git complains about; `git fsck` tells whether the repository is whole.',
  since: '0.1.0',
});

export const authorKnown = defineDiagnostic<{ what: string }>({
  code: 'MS8049',
  name: 'author-known',
  severity: 'error',
  summary: ({ what }) => `nobody to commit as: ${what}`,
  why: 'A commit names its author, and who has changed a branch is told apart by it.',
  fix: 'Set both: `git config user.name "Mainsheet"` and `git config user.email mainsheet@example.com`, or give `--author "Name <address>"`.',
  since: '0.1.0',
});

export const commitSigned = defineDiagnostic<{ answer: string }>({
  code: 'MS8050',
  name: 'commit-signed',
  severity: 'error',
  summary: ({ answer }) => `the commit could not be signed: ${answer}`,
  why: 'Git’s settings ask for a signature, and an unsigned commit would be refused later, by people or by the forge.',
  fix: 'See that `git commit -S` works here: key, agent and `gpg.format`; or turn it off with `--no-sign`.',
  since: '0.1.0',
});

export const hasCommit = defineDiagnostic<{ branch: string }>({
  code: 'MS8051',
  name: 'has-commit',
  severity: 'error',
  summary: ({ branch }) => `branch ${branch} has no commit yet`,
  why: 'There is nothing to compare with.',
  fix: 'Commit what is there first.',
  since: '0.1.0',
});

export const baseBranchKnown = defineDiagnostic<{ tried: readonly string[] }>({
  code: 'MS8052',
  name: 'base-branch-known',
  severity: 'error',
  summary: ({ tried }) => `the base branch is not known${tried.length === 0 ? '' : `: ${tried.join('; ')}`}`,
  why: 'A proposal against the wrong branch would show, and undo, other people’s changes.',
  fix: 'Name it once for all in `mainsheet.yaml`: `base: main`; or in the command (`--base`, where the command has it).',
  since: '0.1.0',
});

export const inputsCheckedOut = defineDiagnostic<{ path: string; more: number }>({
  code: 'MS8053',
  name: 'inputs-checked-out',
  severity: 'error',
  summary: ({ path, more }) =>
    `${path}${more === 0 ? '' : ` and ${more} more`} is in the repository, but not on disk: the checkout is sparse`,
  why: 'What a sparse checkout leaves out would pass for deleted, and with it everything that it renders.',
  fix: 'Check out all inputs with the command in the help line; or compare two commits: `mainsheet diff --base main --head HEAD`.',
  since: '0.1.0',
});

export const branchSettled = defineDiagnostic<{ branch: string }>({
  code: 'MS8054',
  name: 'branch-settled',
  severity: 'error',
  summary: ({ branch }) => `${branch} has been moved by another run meanwhile, so nothing was pushed to it`,
  why: 'Two runs that say different things would undo each other: whoever was first is not overwritten unread.',
  fix: 'Run again once the other run has ended; where both are to go on, let runs of one branch wait for one another (a concurrency group in CI).',
  since: '0.1.0',
});

export const legalGitName = defineDiagnostic<{ what: string; name: string; reason: string }>({
  code: 'MS8060',
  name: 'legal-git-name',
  severity: 'error',
  summary: ({ what, name, reason }) => `"${name}" is no name of a ${what}: ${reason}`,
  why: 'Names go to git, to forges and to file systems; one that any of them reads as something else is never handed on.',
  fix: 'Use a plain name such as `main`, `origin/main`, `v1.2.0`, `HEAD~1`, `@{u}` or a hash.',
  since: '0.1.0',
});

export const knownCommit = defineDiagnostic<{ revision: string }>({
  code: 'MS8061',
  name: 'known-commit',
  severity: 'error',
  summary: ({ revision }) => `there is no commit "${revision}" in this repository`,
  why: 'There is nothing to compare with.',
  fix: 'Name a branch, tag or hash that `git log` shows, or fetch it first.',
  since: '0.1.0',
});

export const noLargeFilePointer = defineDiagnostic<{ path: string }>({
  code: 'MS8062',
  name: 'no-large-file-pointer',
  severity: 'error',
  summary: ({ path }) => `${path} is a pointer of Git LFS, not the file itself`,
  why: 'What was committed is an address; fetching what it points to would ask a server that nobody reviewed.',
  fix: 'Take the file out of Git LFS: intents and manifests are small texts.',
  since: '0.1.0',
});

export const inputsOfThisRepository = defineDiagnostic<{ path: string }>({
  code: 'MS8063',
  name: 'inputs-of-this-repository',
  severity: 'error',
  summary: ({ path }) => `${path} is a submodule: its files belong to another repository`,
  why: 'Commits here hold none of those files, only which commit of the other repository is meant: from here they can be neither compared nor proposed.',
  fix: 'Run Mainsheet in the submodule, whose own repository has its branches and pull requests; or keep intents in this one.',
  since: '0.1.0',
});
