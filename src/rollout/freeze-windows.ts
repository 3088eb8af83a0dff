import { Cron } from 'croner';
import type { FreezeWindow, Seconds } from '../model/rollout.ts';

/** A freeze that holds at some time. */
export interface Freeze {
  readonly reason: string;
  /** When no window holds any more, those that follow without a gap included; undefined = no end is in sight. */
  readonly until?: Seconds;
}

/**
 * The freeze at a time, if there is one. A window opens at each time that its cron line names on the clock of its time zone, and lasts for
 * `for`, in elapsed time: where clocks are changed within it, it ends an hour earlier or later by the wall. It holds at its first
 * second and no more at its end. A line or a zone that nobody can read holds always: what is not understood does not let anything pass.
 */
export function freezeAt(windows: readonly FreezeWindow[], time: Seconds): Freeze | undefined {
  const found = windows.flatMap((window) => openWindow(window, time) ?? []);
  const [first] = found;
  if (first === undefined) return undefined;
  const until = endOfFreeze(windows, time);
  return { reason: first.reason, ...(until === undefined ? {} : { until }) };
}

/** The first time from `time` on at which no window holds; undefined = none is in sight. */
export function endOfFreeze(windows: readonly FreezeWindow[], time: Seconds): Seconds | undefined {
  let at = time;
  for (let i = 0; i < furthestChain; i += 1) {
    const open = windows.flatMap((window) => openWindow(window, at) ?? []);
    if (open.length === 0) return at;
    const ends = open.map(({ until }) => until ?? Number.POSITIVE_INFINITY);
    at = Math.max(...ends);
    if (at === Number.POSITIVE_INFINITY) return undefined;
  }
  return undefined;
}

/** So many windows in a row are taken for a freeze without end. */
const furthestChain = 1000;

function openWindow(window: FreezeWindow, time: Seconds): Freeze | undefined {
  const { cron, timezone } = window;
  const named = window.reason ?? `frozen by ${JSON.stringify(cron)}`;
  const opened = lastOpening(window, time);
  if (opened === 'unreadable') return { reason: `${named} (the window ${JSON.stringify(cron)} in ${timezone} can't be read)` };
  if (opened === undefined || opened + window.for <= time) return undefined;
  return { reason: named, until: opened + window.for };
}

/** The last time up to `time`, itself included, at which a window opens. */
function lastOpening({ cron, timezone }: FreezeWindow, time: Seconds): Seconds | 'unreadable' | undefined {
  try {
    // Croner looks strictly before a time, in whole seconds.
    const [last] = new Cron(cron, { timezone, paused: true, mode: '5-part' }).previousRuns(1, new Date((Math.floor(time) + 1) * 1000));
    return last === undefined ? undefined : last.getTime() / 1000;
  } catch {
    return 'unreadable';
  }
}
