import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { constants } from 'node:os';
import { getSystemErrorMap } from 'node:util';

/** The calls to the operating system that reading and writing consist of. */
export const calls = [
  'openSync',
  'closeSync',
  'fstatSync',
  'lstatSync',
  'readSync',
  'readdirSync',
  'mkdirSync',
  'fchmodSync',
  'writeFileSync',
  'renameSync',
  'unlinkSync',
  'rmdirSync',
] as const;

/** Those that change what others see; between two of them a kill leaves the same behind wherever it strikes. */
export const changes = ['mkdirSync', 'fchmodSync', 'writeFileSync', 'renameSync', 'unlinkSync', 'rmdirSync'] as const;

export type Call = (typeof calls)[number];

type Implementation = (...args: never[]) => unknown;

/** Runs `work` while one call of node:fs is replaced by what `replacement` makes of the original. */
export function withCall<T>(call: Call, replacement: (original: Implementation) => Implementation, work: () => T): T {
  const original: Implementation = fs[call];
  replace(call, replacement(original));
  try {
    return work();
  } finally {
    replace(call, original);
  }
}

function replace(call: Call, implementation: Implementation): void {
  Object.assign(fs, { [call]: implementation });
  syncBuiltinESMExports();
}

/** Runs `work` while each of the calls goes through `step`, which gets the original to make. */
export function withEvery<T>(
  names: readonly Call[],
  step: (call: Call, original: (...args: readonly unknown[]) => unknown, args: readonly unknown[]) => unknown,
  work: () => T,
): T {
  const [call, ...rest] = names;
  if (call === undefined) return work();
  const through =
    (original: Implementation): Implementation =>
    (...args) =>
      step(call, (...given) => Reflect.apply(original, fs, given), args);
  return withCall(call, through, () => withEvery(rest, step, work));
}

type Errno = keyof typeof constants.errno;

interface Fault {
  readonly errno: Errno;
  /** Which call of its kind fails, from 1; every later one too when `persistent`. */
  readonly nth: number;
  readonly persistent?: boolean;
}

/** Runs `work` while the nth `call` fails as the operating system would make it fail. `reached` says whether there were that many. */
export function withFault<T>(
  call: Call,
  { errno, nth, persistent = false }: Fault,
  work: () => T,
): { readonly value: T; readonly reached: boolean } {
  let count = 0;
  const failing =
    (original: Implementation): Implementation =>
    (...args) => {
      count += 1;
      const fails = persistent ? count >= nth : count === nth;
      const done = fails && call !== 'closeSync' ? undefined : original(...args);
      if (fails) throw systemError(errno, call);
      return done;
    };
  const value = withCall(call, failing, work);
  return { value, reached: count >= nth };
}

function systemError(name: Errno, syscall: string): Error {
  const errno = -constants.errno[name];
  const [code, words] = getSystemErrorMap().get(errno) ?? [`Unknown system error ${errno}`, 'unknown'];
  return Object.assign(new Error(`${code}: ${words}, ${syscall}`), { errno, code, syscall });
}
