import type { CommandArguments } from '../command.ts';
import { environmentsFlag, rootFlag } from './shared-flags.ts';

export type SiteFlags = {
  readonly out: string;
  readonly env?: readonly string[];
  readonly title: string;
  readonly root?: string;
};

export const siteArguments: CommandArguments<SiteFlags, []> = {
  brief: 'Write one HTML page that shows all environments, and traces requests in the browser',
  about: `Writes one file that needs nothing else: open it from disk, or put it on any static hosting. It asks no network for anything.

It shows services by environment with their versions and shares, and of each service its traffic as a picture, its pins, policies,
dependencies and rollout, what differs between environments and which file says so, findings, and the latest commits that touched
it. Its request box answers as \`mainsheet trace\` does, by the same simulator.

What the page holds is what the intents and their history say, and what requests depend on of the objects that \`registry:\` shows:
labels, ports and service accounts, never a Secret. The same inputs give the same bytes. A file that is not such a page is not replaced.

Exit codes: 0 written; 1 an environment has errors, nothing is written; 3 the disk failed; 4 something else stands at --out.`,
  examples: [
    { line: 'mainsheet site', does: 'Write mainsheet.html' },
    { line: 'mainsheet site --out public/index.html --title "Bookinfo traffic"', does: 'For static hosting' },
    { line: 'mainsheet site --env staging --env prod', does: 'Only these environments' },
  ],
  parameters: {
    flags: {
      out: { kind: 'parsed', parse: String, brief: 'The file to write', placeholder: 'FILE', default: 'mainsheet.html' },
      env: environmentsFlag,
      title: { kind: 'parsed', parse: String, brief: 'What the page is called', placeholder: 'TEXT', default: 'Mesh traffic' },
      root: rootFlag,
    },
    aliases: { e: 'env', o: 'out' },
  },
};
