import { expect, test } from 'vitest';
import type { RowResult, RunResult } from '../../src/import/result.ts';
import { writeHtml } from '../../src/report/html/page.ts';
import { counts, problem, result, row } from './results.ts';

async function pageOf(shown: RunResult): Promise<string> {
  let text = '';
  await writeHtml(
    shown,
    { version: '1.2.3', endedAt: Date.UTC(2026, 10, 22, 12), path: file => file },
    async part => {
      text += part;
    },
  );
  return text;
}

function many(count: number, some: (index: number) => Partial<RowResult>): RowResult[] {
  return Array.from({ length: count }, (_, index) => row({ place: `line ${index + 2}`, ...some(index) }));
}

test('long lists are cut, and say so', async () => {
  const rows = [
    ...many(700, index => ({ key: `BAD-${index}`, problems: [problem()] })),
    ...many(600, index => ({
      key: `NEW-${index}`,
      status: 'updated',
      changes: [{ field: 'Name', from: 'Old', to: 'x'.repeat(5000) }],
    })),
  ];
  const shown = await pageOf(
    result({ counts: counts({ read: 1300, rejected: 700, updated: 600 }), rejects: 'out.csv' }, rows),
  );
  expect(shown).toContain('These are the first 500 of 700 rows. All of them are in out.csv');
  expect(shown).toContain('These are the first 500 of 600 rows;');
  expect(shown).toContain('BAD-499');
  expect(shown).not.toContain('BAD-500');
  expect(shown).not.toContain('NEW-500');
  expect(shown.length).toBeLessThan(500_000);
});

test('one row in a million is seen in the chart', async () => {
  const shown = await pageOf(
    result({ counts: counts({ read: 1_000_000, unchanged: 999_999, rejected: 1 }) }),
  );
  const widths = [...shown.matchAll(/<rect [^>]*? width="([\d.]+)"/g)].map(match => Number(match[1]));
  expect(Math.min(...widths)).toBeGreaterThan(3);
  expect(widths.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1000, 1);
});

test('an early end, list values, warnings and several files', async () => {
  const warning = problem({ field: 'AssociateName', code: 'fell-back', message: 'There is no "<i>x</i>".' });
  const shown = await pageOf(
    result({
      counts: counts({ read: 3, created: 1, notReached: 2 }),
      files: ['a.csv', 'b.csv'].map(file => ({
        file,
        datatype: 'Company',
        counts: counts({ read: 1, created: 1 }),
        rejects: null,
      })),
      added: [{ list: 'Category', name: 'Whole & sale' }],
      warnings: [{ code: 'fell-back', count: 2, first: row({ warnings: [warning] }) }],
      fileWarnings: ['a.csv: <looks> odd.'],
      error: { code: 'unreachable', message: 'SuperOffice <is> gone.', hint: 'Wait & see.' },
    }),
  );
  for (const text of [
    'It ended early.',
    'SuperOffice &#60;is&#62; gone.',
    'Wait &#38; see.',
    'Whole &#38; sale',
    '2 rows, the first is companies.csv, line 12 C-12',
    'There is no &#34;&#60;i&#62;x&#60;/i&#62;&#34;.',
    'a.csv: &#60;looks&#62; odd.',
    '<h2>By file</h2>',
  ])
    expect(shown).toContain(text);
  expect(shown).not.toMatch(/<i>x|<looks|<is>/);
});
