/** Does work for each item that comes, at most `lanes` at once. The first failure ends it, after the work under way has ended. */
export async function inParallel<Item>(
  lanes: number,
  items: AsyncIterable<Item> | Iterable<Item>,
  work: (item: Item, lane: number) => Promise<void>,
): Promise<void> {
  const source: AsyncIterator<Item> | Iterator<Item> =
    Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let failed = false;
  const ended = await Promise.allSettled(
    Array.from({ length: lanes }, async (_, lane) => {
      while (!failed) {
        try {
          const next = await source.next();
          if (next.done === true) return;
          await work(next.value, lane);
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    }),
  );
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
