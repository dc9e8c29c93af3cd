import { type Counts, type Status, statuses } from '../../import/result.ts';
import { count, number } from '../words.ts';
import { html } from './text.ts';

const width = 1000;
/** One rejected row of a million is still seen. */
const narrowest = 4;

/** What became of the rows: one bar, parted by their fates, and below it what its colours mean. */
export function chart(counts: Counts, labels: Readonly<Record<Status, string>>): string {
  const present = statuses.filter(status => counts[status] > 0);
  if (present.length === 0) return '';
  const parts = widths(present.map(status => counts[status]));
  let left = 0;
  const rects = present.map((status, index) => {
    const part = parts[index] ?? 0;
    const rect = `<rect class="fill-${status}" x="${left.toFixed(2)}" y="0" width="${part.toFixed(2)}" height="28"><title>${html(`${number(counts[status])} ${labels[status]}`)}</title></rect>`;
    left += part;
    return rect;
  });
  const told = present.map(status => `${number(counts[status])} ${labels[status]}`).join(', ');
  const legend = present.map(
    status =>
      `<li><span class="dot fill-${status}"></span><b>${number(counts[status])}</b> ${html(labels[status])}</li>`,
  );
  return `<svg viewBox="0 0 ${width} 28" preserveAspectRatio="none" role="img" aria-label="${html(`${count(counts.read, 'row')} read: ${told}`)}">${rects.join('')}</svg>
<ul class="legend">${legend.join('')}</ul>
`;
}

/** Shares of the bar, the small ones widened at the cost of the others. */
function widths(counts: readonly number[]): number[] {
  const sum = counts.reduce((all, each) => all + each, 0);
  const shares = counts.map(each => Math.max(narrowest, (each * width) / sum));
  const all = shares.reduce((total, each) => total + each, 0);
  return shares.map(each => (each * width) / all);
}
