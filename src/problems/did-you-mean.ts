/**
 * The known name nearest to a mistyped one, or null when nothing is near. Compares without regard to case; allows one
 * edit per three letters, at least two. Else the shortest name that begins with what was typed: `Country` → `CountryName`.
 */
export function didYouMean(wrong: string, knownNames: Iterable<string>): string | null {
  const known = [...knownNames];
  const needle = wrong.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(needle.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(needle, name.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best ?? shortestThatBegins(needle, known);
}

function shortestThatBegins(needle: string, known: readonly string[]): string | null {
  if (needle.length < 4) return null;
  const longer = known.filter(name => name.toLowerCase().startsWith(needle));
  return longer.sort((a, b) => a.length - b.length)[0] ?? null;
}

/** Optimal string alignment distance (insert, delete, replace, swap of neighbours), cut off at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(
        (previous[j] ?? limit) + 1,
        (current[j - 1] ?? limit) + 1,
        (previous[j - 1] ?? limit) + cost,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (older[j - 2] ?? limit) + 1);
      current.push(value);
    }
    older = previous;
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}
