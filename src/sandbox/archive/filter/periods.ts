/** Half-open range of ISO days: `from` belongs to it, `until` does not. */
export interface DayRange {
  readonly from: string;
  readonly until: string;
}

const periods = ['day', 'week', 'month', 'quarter', 'half', 'year'] as const;
export type Period = (typeof periods)[number];

const monthsOf: Readonly<Record<Exclude<Period, 'day' | 'week'>, number>> = {
  month: 1,
  quarter: 3,
  half: 6,
  year: 12,
};

/** `week`, `weeks` and any case of them; undefined for what is no period. */
export function periodNamed(text: string): Period | undefined {
  const singular = text.trim().toLowerCase().replace(/s$/, '');
  return periods.find(period => period === singular);
}

/** The days from the `first`th to the `last`th period counted from the current one (0): `rangeOf(now, 'week', -1, -1)` is last week. */
export function rangeOf(now: Date, period: Period, first: number, last: number): DayRange {
  return { from: startOf(now, period, first), until: startOf(now, period, last + 1) };
}

/** First day of the period; weeks start on Monday. */
function startOf(now: Date, period: Period, offset: number): string {
  const date = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  if (period === 'day') date.setUTCDate(date.getUTCDate() + offset);
  else if (period === 'week') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7) + offset * 7);
  else {
    const months = monthsOf[period];
    const current = Math.floor(date.getUTCMonth() / months) * months;
    date.setUTCMonth(current + offset * months, 1);
  }
  return date.toISOString().slice(0, 10);
}
