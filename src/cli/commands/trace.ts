import { claimsOf } from '../../model/claim-words.ts';
import type { JsonObject } from '../../model/json.ts';
import { positionOf } from '../../model/position.ts';
import type { RequestWords } from '../../model/request-words.ts';
import { decisionJson } from '../../report/decision-json.ts';
import { renderDecisionText, type TracedDecision } from '../../report/decision-text.ts';
import { palette } from '../../report/palette.ts';
import type { TraceFlags } from '../arguments/trace.ts';
import { askMeshesOf } from '../ask-mesh-of.ts';
import { type CliContext, hasColor } from '../cli-context.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { reportFindings } from '../report-findings.ts';
import { usageError } from '../usage-error.ts';

/**
 * Prints where a request goes. Errors in manifests don't hinder the answer, they are often why it is asked: those of manifests that anyone wrote
 * are counted beneath it, and rules are not run on rendered ones.
 */
export async function trace(context: CliContext, flags: TraceFlags, url: string): Promise<ExitCode> {
  const { meshes, tree, prefix, errors: early } = await askMeshesOf(context, flags, 'one');
  const { stdout, stderr } = context.process;
  const [mesh] = meshes;
  const { asked, errors = [], malformed, checkedBy = '' } = mesh ?? {};
  if (asked === undefined) {
    const all = [...early, ...errors];
    reportFindings(context, { diagnostics: all, tree, prefix }, 'text', stderr);
    return exitCodeOf(all);
  }
  const reading = asked.read(wordsOf(flags, url));
  if ('what' in reading) throw usageError(reading.what, reading.help);
  const { decision, places } = asked.tell(reading.request);
  const broken = decision.steps.find(({ place }) => place !== undefined && malformed?.has(place.manifest) === true)?.place?.manifest;
  if (broken !== undefined) {
    reportFindings(context, { diagnostics: errors, tree, prefix }, 'text', stderr);
    stderr.write(`Where the request goes is decided by ${broken}, which no cluster would take as it is.\n`);
    return exitCode.inputHasErrors;
  }
  const traced: TracedDecision = {
    request: reading.request,
    notes: reading.notes,
    decision,
    places: places.map((span) => {
      if (span === undefined) return undefined;
      const text = tree.get(span.file);
      return { file: text === undefined ? span.file : `${prefix}${span.file}`, ...positionOf(text ?? '', span.start) };
    }),
  };
  stdout.write(flags.json === true ? decisionJson(traced) : renderDecisionText(traced, palette(hasColor(stdout))));
  if (errors.length > 0) {
    const what = errors.length === 1 ? 'is an error' : `are ${errors.length} errors`;
    stderr.write(`there ${what} in what was asked; \`${checkedBy}\` says more\n`);
  }
  return exitCode.done;
}

function wordsOf({ request, header, claim, from, serviceAccount, via, tcp, sni }: TraceFlags, url: string): RequestWords {
  return {
    url,
    ...(request === undefined ? {} : { method: request }),
    ...(header === undefined ? {} : { headers: header }),
    ...(claim === undefined ? {} : { claims: claims(claim) }),
    ...(from === undefined ? {} : { from }),
    ...(serviceAccount === undefined ? {} : { serviceAccount }),
    ...(via === undefined ? {} : { via }),
    ...(tcp === undefined ? {} : { tcp }),
    ...(sni === undefined ? {} : { sni }),
  };
}

function claims(written: readonly string[]): JsonObject {
  const read = claimsOf(written);
  if ('what' in read) throw usageError(read.what, read.help);
  return read.claims;
}
