import type { RowResult } from '../import/result.ts';
import type { Problem } from '../problems/problem.ts';
import type { Style } from './style.ts';
import { oneLine, quote, wrap } from './words.ts';

/** `CountryName "Atlantis": what is wrong.` and, below it, what to do. `width`: of the terminal, infinite without one. */
export function problemLines(problem: Problem, indent: string, width: number, style: Style): string[] {
  // Most messages name the value themselves.
  const { value, message } = problem;
  const shown =
    value === null || value === '' || message.includes(value)
      ? ''
      : ` ${quote(value, Math.max(20, Math.floor(Math.min(width, 120) / 3)))}`;
  const subject = problem.field === null ? '' : `${oneLine(problem.field)}${shown}: `;
  const lines = wrap(`${indent}${subject}${oneLine(message)}`, width, `${indent}  `);
  const tip = problem.tip === '' ? [] : wrap(`${indent}→ ${oneLine(problem.tip)}`, width, `${indent}  `);
  return [...lines, ...tip.map(line => style.dim(line))];
}

/** `line 12  C-12` */
export function rowName(row: RowResult): string {
  return row.key === '' ? row.place : `${row.place}  ${oneLine(row.key)}`;
}
