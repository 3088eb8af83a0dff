import type { Failure } from './told-run.ts';

/** What later steps may ask, besides what every step tells; each is always there. */
export interface AnswerOutputs {
  /** 'true' or 'false'. */
  readonly changed: string;
  /** JSON: `[{branch, title, outcome, url?, number?}]` */
  readonly 'pull-requests': string;
  /** One a line. */
  readonly 'pull-request-urls': string;
}

/** An answer of a command, told. */
export interface ToldAnswer {
  /** In a few words, behind the command's name; empty where the exit code has to say it. */
  readonly headline: string;
  /** Markdown for the summary. */
  readonly lines: readonly string[];
  /** For the log. */
  readonly log: string;
  /** What the answer itself says that went wrong. */
  readonly failures: readonly Failure[];
  readonly outputs: Partial<AnswerOutputs>;
  /** A file for later steps. */
  readonly report?: { readonly name: string; readonly text: string };
}

export const nothingTold: ToldAnswer = { headline: '', lines: [], log: '', failures: [], outputs: {} };
