interface Head<Row> {
  row: Row;
  readonly rest: Iterator<Row>;
  /** Which of the sequences it is. */
  readonly place: number;
}

/** Merges sorted sequences. Of equal rows, that of an earlier sequence comes first. Holds one row of each. */
export function* merged<Row>(
  sequences: readonly Iterator<Row>[],
  compare: (a: Row, b: Row) => number,
): Generator<Row> {
  const order = (a: Head<Row>, b: Head<Row>): number => compare(a.row, b.row) || a.place - b.place;
  // In order, they are a heap already.
  const heap = sequences.flatMap((rest, place) => headOf(rest, place)).sort(order);
  for (let least = heap[0]; least !== undefined; least = heap[0]) {
    yield least.row;
    const next = least.rest.next();
    if (next.done !== true) {
      least.row = next.value;
      sink(heap, least, order);
    } else {
      const last = heap.pop();
      if (last !== undefined && last !== least) sink(heap, last, order);
    }
  }
}

function headOf<Row>(rest: Iterator<Row>, place: number): Head<Row>[] {
  const first = rest.next();
  return first.done === true ? [] : [{ row: first.value, rest, place }];
}

/** Puts an item in at the top of a binary heap and lets it sink to where it belongs. */
function sink<Item>(heap: Item[], item: Item, order: (a: Item, b: Item) => number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    let least = heap[child];
    if (least === undefined) break;
    const other = heap[child + 1];
    if (other !== undefined && order(other, least) < 0) {
      child++;
      least = other;
    }
    if (order(item, least) <= 0) break;
    heap[at] = least;
    at = child;
  }
  heap[at] = item;
}
