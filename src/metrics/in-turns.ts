/** Runs a task for each item, at most `limit` at a time, and answers in the order of the items. */
export async function inTurns<Item, Answer>(
  items: readonly Item[],
  limit: number,
  task: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers = new Array<Answer>(items.length);
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) answers[index] = await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return answers;
}
