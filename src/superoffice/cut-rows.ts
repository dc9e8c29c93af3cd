/** Where the rows of an archive's answer begin: in a list at the top, and not inside a text, whose quotes are escaped. */
const listBegins = /"value"\s*:\s*\[\s*(?=\{)/;

/** Is given what stands before the list; a list that is nested deeper is none of rows. */
function isAtTop(head: string): boolean {
  return parse(`${head}]}`) !== undefined;
}

/** Characters. Where no list begins in so many, none is looked for. */
const longestHead = 1 << 16;

/** After so many pieces that are no rows, cutting is given up: it would read the same text again and again. */
const mostMisses = 50;

/**
 * Takes rows out of `{"value":[{…},{…}]}` while it comes in, so that memory holds one of them as text and as JSON, and not a
 * page. A row is cut where `},{` stands; what is no JSON by itself goes on, since a text of a row may hold the same. An
 * object that is complete can end nowhere else, so no cut is ever wrong.
 * @param take is handed the rows in their order
 * @returns what is left: the same document without these rows, at least one remains where there was one. All of it where
 * no row could be cut
 */
export async function cutRows(
  body: AsyncIterable<Uint8Array>,
  take: (row: unknown) => void,
): Promise<string> {
  const decoder = new TextDecoder();
  let head: string | null = null;
  let rest = '';
  let misses = 0;
  /** No cut is before it. */
  let searched = 0;

  function cut(): void {
    if (head === null) {
      const found = listBegins.exec(rest);
      if (!found) {
        if (rest.length > longestHead) [head, misses] = ['', mostMisses];
        return;
      }
      head = rest.slice(0, found.index + found[0].length);
      rest = rest.slice(head.length);
      if (!isAtTop(head)) misses = mostMisses;
    }
    let start = 0;
    while (misses < mostMisses) {
      const end = rest.indexOf('},{', searched);
      if (end === -1) break;
      searched = end + 1;
      const row = parse(rest.slice(start, end + 1));
      if (row === undefined) {
        misses++;
        continue;
      }
      misses = 0;
      take(row);
      start = end + 2;
    }
    rest = rest.slice(start);
    // The next piece may complete what ends here.
    searched = Math.max(searched - start, rest.length - 2, 0);
  }

  for await (const piece of body) {
    rest += decoder.decode(piece, { stream: true });
    cut();
  }
  rest += decoder.decode();
  return (head ?? '') + rest;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
