import type { Seconds } from '../model/rollout.ts';
import type { CliContext } from './cli-context.ts';

/** The day that dates in intents are held against: that of the time which a command decides as of, where one is given. YYYY-MM-DD, in UTC. */
export function todayAt({ today }: CliContext, now: Seconds | undefined): string {
  return now === undefined ? today() : new Date(now * 1000).toISOString().slice(0, 10);
}
