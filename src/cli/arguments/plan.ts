import { type IstioVersion, parseIstioVersion } from '../../model/istio-version.ts';
import type { CommandArguments } from '../command.ts';
import { environmentsFlag, rootFlag } from './shared-flags.ts';

export type PlanFlags = {
  readonly env?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly write?: boolean;
  readonly format: 'text' | 'markdown' | 'json';
  readonly istio?: IstioVersion;
  readonly namespace?: string;
  readonly root?: string;
};

const folder = { kind: 'parsed', parse: String, placeholder: 'DIR', optional: true } as const;

export const planArguments: CommandArguments<PlanFlags, []> = {
  brief: 'Split a change into phases that are safe in every order',
  about: `Compares what the intents say with what is rendered. Whatever applies a change applies its objects in an order that nobody controls,
so every state in between is simulated: each class of requests must be answered as before or as afterwards. Where some order fails, the
request is shown, and the change is split into the fewest of expand (what is to be there first), shift (the routes) and contract (what
nobody uses any more). Each phase is an intent that renders by itself; the last is what the intents say now. With --write the intents
say the first phase, and what is still to come stands in them as \`next:\`. With \`phases: sync-waves\` in mainsheet.yaml, the order of Argo CD's
waves is enough where not every order is safe, and the plan says so.

A change can be split where the old intents are known: those of the last commit, if they are what is rendered, or those that --from names.

Exit codes: 0 safe or planned, 1 the input has errors, 3 the disk failed (run again), 4 refused: no phases are safe.`,
  examples: [
    { line: 'mainsheet plan', does: 'Plan the change of every environment from what is rendered to what the intents say' },
    { line: 'mainsheet plan --env prod --write', does: 'Make the intents say the first phase, with the rest as next:' },
    { line: 'mainsheet plan --from ../main --format markdown', does: 'From the intents of another checkout, for a pull request' },
    { line: 'mainsheet plan --from live/ --to new/', does: "Judge a change of anyone's manifests" },
  ],
  parameters: {
    flags: {
      env: environmentsFlag,
      from: { ...folder, brief: 'The old state: a folder with environments/, or of manifests; what is rendered where not given' },
      to: { ...folder, brief: 'The new state, in the same way; the intents here where not given' },
      write: { kind: 'boolean', optional: true, withNegated: false, brief: 'Write the first phase into the intents' },
      format: { kind: 'enum', values: ['text', 'markdown', 'json'], brief: 'Form of the plan', default: 'text' },
      istio: {
        kind: 'parsed',
        parse: parseVersion,
        brief: "Of manifests alone: the mesh's version of Istio; the newest known where not given",
        placeholder: 'VERSION',
        optional: true,
      },
      namespace: {
        kind: 'parsed',
        parse: String,
        brief: 'Of manifests alone: the namespace of objects that name none',
        placeholder: 'NAME',
        optional: true,
      },
      root: rootFlag,
    },
    aliases: { e: 'env' },
  },
};

function parseVersion(text: string): IstioVersion {
  const version = parseIstioVersion(text);
  if (version === undefined) throw new SyntaxError(`"${text}" is no version of Istio; write one such as 1.29`);
  return version;
}
