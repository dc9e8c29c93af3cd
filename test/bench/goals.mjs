/**
 * A line of the bench's table.
 * @typedef {object} Row
 * @property {string} part that measured it
 * @property {string} what
 * @property {number | null} rows of the file; null where size does not matter
 * @property {number | null} value null: not measured, `skipped` tells why
 * @property {string} unit `×` for a ratio
 * @property {number} [low] least and most of what was measured in turn, where `value` is the median
 * @property {number} [high]
 * @property {Goal | null} goal
 * @property {string} [detail]
 * @property {string} [skipped]
 */

/** @typedef {{ readonly atLeast?: number, readonly atMost?: number }} Goal */

/** How far a value may leave its goal before `--check` fails: machines are not always as fast. */
const tolerance = 0.1;

export const atMost = most => ({ atMost: most });
export const atLeast = least => ({ atLeast: least });
export const between = (least, most) => ({ atLeast: least, atMost: most });

/**
 * @param {Row} row
 * @returns {'met' | 'near' | 'missed' | null} `near`: out of its goal, but by no more than a tenth of it; null: no goal, or
 *   not measured
 */
export function verdictOf({ value, goal }) {
  if (goal === null || value === null) return null;
  const { atLeast: least = Number.NEGATIVE_INFINITY, atMost: most = Number.POSITIVE_INFINITY } = goal;
  if (value >= least && value <= most) return 'met';
  return value >= least * (1 - tolerance) && value <= most * (1 + tolerance) ? 'near' : 'missed';
}

export function goalText({ goal, unit }) {
  if (goal === null) return '';
  const { atLeast: least, atMost: most } = goal;
  const bounds =
    least === undefined ? `≤ ${most}` : most === undefined ? `≥ ${least}` : `${least} to ${most}`;
  return `${bounds} ${unit}`.trimEnd();
}

/** With as many digits as count: `0.0781 ×`, `1.022 requests a row`, `12.4 s`, `2,640 rows/s`. */
export function valueText({ value, unit }) {
  if (value === null) return '';
  const text =
    Math.abs(value) >= 100 || Number.isInteger(value)
      ? value.toLocaleString('en-US', { maximumFractionDigits: 0 })
      : String(Number(value.toPrecision(Math.abs(value) >= 1 && value < 10 ? 4 : 3)));
  return `${text} ${unit}`.trimEnd();
}
