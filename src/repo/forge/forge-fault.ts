import type { ForgeFailure, ForgeResult } from '../../model/forge.ts';
import { plainLine } from './plain-line.ts';

/**
 * A forge's refusal on its way through a client library, which knows only how to pass on what was thrown.
 * Never leaves this room: `attempt` makes a result of it.
 */
class ForgeFault extends Error {
  override readonly name = 'ForgeFault';
  readonly failure: ForgeFailure;

  constructor(failure: ForgeFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

export function forgeFault(kind: ForgeFailure['kind'], message: string, advice?: string): Error {
  return new ForgeFault({ kind, message: plainLine(message), ...(advice === undefined ? {} : { advice }) });
}

/** The failure in what was thrown, however often a client wrapped it; undefined for anything else. */
export function failureIn(thrown: unknown): ForgeFailure | undefined {
  let at = thrown;
  for (let depth = 0; depth < 5 && at instanceof Error; depth++) {
    if (at instanceof ForgeFault) return at.failure;
    at = at.cause;
  }
  return undefined;
}

/** Where warnings of one call go. */
export type Warn = (message: string) => void;

/** Runs one call of the port. What no forge did is a bug, and thrown on. */
export async function attempt<T>(call: (warn: Warn) => Promise<T>): Promise<ForgeResult<T>> {
  const warnings: string[] = [];
  try {
    return { ok: true, value: await call((message) => warnings.push(plainLine(message))), warnings };
  } catch (thrown) {
    const failure = failureIn(thrown);
    if (failure === undefined) throw thrown;
    return { ok: false, failure };
  }
}

/** What the forge said no to, rather than failed at. */
export const refusals: ReadonlySet<ForgeFailure['kind']> = new Set(['forbidden', 'absent', 'conflict', 'invalid']);

/** Does what is not essential: where it does not work, that is a warning. `only` leaves other failures what they are. */
export async function orWarn(warn: Warn, what: string, call: () => Promise<void>, only?: ReadonlySet<ForgeFailure['kind']>): Promise<void> {
  try {
    await call();
  } catch (thrown) {
    const failure = failureIn(thrown);
    if (failure === undefined || (only !== undefined && !only.has(failure.kind))) throw thrown;
    warn(`${what}: ${failure.message}`);
  }
}

/** Does it, or something else where it fails in one of these ways. */
export async function orElse<T>(
  call: () => Promise<T>,
  kinds: readonly ForgeFailure['kind'][],
  otherwise: (failure: ForgeFailure) => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    const failure = failureIn(thrown);
    if (failure === undefined || !kinds.includes(failure.kind)) throw thrown;
    return await otherwise(failure);
  }
}
