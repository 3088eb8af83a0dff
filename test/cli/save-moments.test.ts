import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { saveMoments } from '../../src/cli/watch/save-moments.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a burst is one save, told when it has been quiet', async () => {
  const moments = saveMoments(15, 500);
  const told = vi.fn();
  void moments.next().then(told);
  for (let i = 0; i < 20; i++) {
    moments.changed();
    await vi.advanceTimersByTimeAsync(14);
  }
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(told.mock.calls).toEqual([['saved']]);
});

test('who never stops writing is looked at all the same', async () => {
  const moments = saveMoments(15, 500);
  const told = vi.fn();
  void moments.next().then(told);
  for (let i = 0; i < 50; i++) {
    moments.changed();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(told).toHaveBeenCalledOnce();
});

test('what changes while nobody waits is not forgotten, nor told twice', async () => {
  const moments = saveMoments(15, 500);
  moments.changed();
  await vi.advanceTimersByTimeAsync(600);
  expect(await moments.next()).toBe('saved');
  const told = vi.fn();
  void moments.next().then(told);
  await vi.advanceTimersByTimeAsync(600);
  expect(told).not.toHaveBeenCalled();
  moments.stop();
  await vi.advanceTimersByTimeAsync(0);
  expect(told.mock.calls).toEqual([['stopped']]);
  expect(await moments.next()).toBe('stopped');
});
