import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/model/json.ts';

/** What a judge said of an object when it was asked, for machines that have no Go. */
export interface StoredVerdict {
  readonly object: JsonObject;
  /** What it refuses first, without values; absent where it accepts. */
  readonly refuses?: string;
}

export interface StoredVerdicts {
  /** The judge: '1.31', and the version of the module it was built from. */
  readonly istio: string;
  readonly module: string;
  readonly verdicts: readonly StoredVerdict[];
}

const file = 'stored-verdicts.jsonl';

/** The first line names the judge, each other line is an object and its verdict. */
export function readStoredVerdicts(folder: string): StoredVerdicts {
  const [head = '', ...lines] = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  const verdicts: StoredVerdict[] = lines.map((line) => JSON.parse(line));
  return { ...JSON.parse(head), verdicts };
}

/** How a line of mutants/known-gaps.txt names what Istio refuses of a kind. */
export function gapLine(istio: string, { object, refuses }: StoredVerdict): string {
  return `${istio} ${String(object.kind)}: ${refuses}`;
}
