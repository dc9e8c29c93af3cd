import { expect, test } from 'vitest';
import { counts, problem, result, row, terminalText } from './results.ts';

test('an import: counters, first problems, added values, warnings, cost, next command', async () => {
  const rows = Array.from({ length: 7 }, (_, i) =>
    row({ place: `line ${i + 2}`, key: `C-${i + 2}`, problems: [problem()] }),
  );
  const text = await terminalText(
    result(
      {
        counts: counts({ read: 1107, created: 1000, updated: 100, rejected: 7 }),
        rejects: 'my rejects/companies.rejected.csv',
        requests: { total: 1112, read: 12, write: 1100, retried: 2 },
        added: [
          { list: 'Category', name: 'Wholesaler' },
          { list: 'Category', name: 'Fish farm' },
        ],
        warnings: [
          {
            code: 'associate-fallback',
            count: 3,
            first: row({
              warnings: [
                problem({
                  code: 'associate-fallback',
                  field: 'AssociateName',
                  value: 'XX',
                  message: 'Nobody has this user id; SIC stands in.',
                  tip: 'Correct it.',
                }),
              ],
            }),
          },
        ],
        fileWarnings: ['companies.csv: the column Mail is not in the file.'],
      },
      rows,
    ),
    { repeat: ['--profile', 'prod'] },
  );
  const problemText = (line: number) => `  line ${line}  C-${line}
    CountryName "Atlantis": SuperOffice has no country of this name.
    → Write the name or the two-letter code.
`;
  expect(text).toBe(`companies.csv  Company
  1,107  rows read
  1,000  created
    100  updated
      7  rejected

  The first 5 of 7 rows that were not taken:
${[2, 3, 4, 5, 6].map(problemText).join('')}
Added to lists in SuperOffice:
  Category: Wholesaler, Fish farm

Worth a look:
  companies.csv: the column Mail is not in the file.
  3 rows, the first is line 12  C-12
    AssociateName "XX": Nobody has this user id; SIC stands in.
    → Correct it.

1,107 rows in 2.0 s (554 rows a second), 1,112 requests to SuperOffice: 12 to read, 1,100 to write, 2 repeated.

The rows that were not taken are in my rejects/companies.rejected.csv, with the reasons.
Correct them there, then run:
  sic import "my rejects/companies.rejected.csv" --profile prod
`);
});

test('a second run says that nothing changed', async () => {
  const text = await terminalText(result({ counts: counts({ read: 104, unchanged: 104 }) }));
  expect(text).toBe(`companies.csv  Company
  104  rows read
  104  unchanged since the last run

Nothing changed, nothing written: SuperOffice already holds every row.
104 rows in 2.0 s (52 rows a second), without a request to SuperOffice.
`);
});

test('validate: a mark per row, old → new per field, cut to the terminal', async () => {
  const rows = [
    row({
      place: 'line 2',
      key: 'C-2',
      status: 'created',
      changes: [
        { field: 'Name', from: null, to: 'Acme' },
        { field: 'PostalAddress1', from: null, to: 'Storgata 1\nOslo' },
        { field: 'CompUserText01', from: null, to: 'x'.repeat(100) },
      ],
    }),
    row({
      place: 'line 3',
      key: 'C-3',
      status: 'updated',
      changes: [
        { field: 'Name', from: 'Old', to: 'New' },
        { field: 'Description', from: 'y'.repeat(100), to: null },
        { field: 'Department', from: 'a'.repeat(100), to: 'b'.repeat(100) },
        { field: 'PostalCity', from: 'Oslo', to: 'c'.repeat(100) },
      ],
    }),
    row({ place: 'line 4', key: 'C-4', status: 'current' }),
    row({ place: 'line 5', key: 'C-5', problems: [problem()] }),
    row({
      place: 'line 6',
      key: 'C-6',
      status: 'conflict',
      problems: [problem({ field: null, value: null })],
    }),
  ];
  const validated = result(
    {
      kind: 'sic.validate',
      counts: counts({ read: 5, created: 1, updated: 1, current: 1, rejected: 1, conflict: 1 }),
      requests: { total: 1, read: 1, write: 0, retried: 0 },
    },
    rows,
  );
  expect(
    await terminalText(validated, { width: 80, repeat: ['--sandbox'], again: ['--full'] }),
  ).toBe(`companies.csv
+ line 2  C-2  Name "Acme", PostalAddress1 "Storgata 1⏎Oslo", CompUserText01 "x…
~ line 3  C-3
    Name: "Old" → "New"
    Description: "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…" → (empty)
    Department: "aaaaaaaaaaaaaaaaaaaaaaaaaaa…" → "bbbbbbbbbbbbbbbbbbbbbbbbbbbb…"
    PostalCity: "Oslo" → "cccccccccccccccccccccccccccccccccccccccccccccccccccc…"
! line 5  C-5
    CountryName "Atlantis": SuperOffice has no country of this name.
    → Write the name or the two-letter code.
? line 6  C-6
    SuperOffice has no country of this name.
    → Write the name or the two-letter code.

companies.csv  Company
  5  rows read
  1  would be created
  1  would be updated
  1  already right in SuperOffice
  1  rejected
  1  left alone: changed in SuperOffice meanwhile

5 rows in 2.0 s (3 rows a second), 1 request to SuperOffice: 1 to read.

Nothing was written. To write it:
  sic import companies.csv --full --sandbox
`);
  const all = await terminalText(validated, { allRows: true });
  expect(all).toContain('= line 4  C-4\n');
  expect(all).toContain(`"${'y'.repeat(100)}" → (empty)`);
});

const verdicts = [
  ['no rows', result(), 'There were no rows.'],
  ['only rejects', result({ counts: counts({ read: 1, rejected: 1 }) }), 'Nothing was written.'],
  [
    'validate with nothing to do',
    result({ kind: 'sic.validate', counts: counts({ read: 1, current: 1 }) }),
    'Nothing to do: SuperOffice already holds every row.',
  ],
  [
    'offline',
    result({ kind: 'sic.validate', offline: true, counts: counts({ read: 2, notReached: 2 }) }),
    '  2  without a mistake',
  ],
  ['one row', result({ counts: counts({ read: 1, created: 1 }) }), '  1  row read'],
  [
    'one reject',
    result({ counts: counts({ read: 1, rejected: 1 }), rejects: 'r.csv' }),
    'The row that was not taken is in r.csv, with the reasons.\nCorrect it there',
  ],
  [
    '--limit',
    result({ counts: counts({ read: 10, created: 10 }), limited: true }),
    'Stopped after 10 rows, as --limit asks.',
  ],
] as const;

test.each(verdicts)('%s', async (_name, shown, expected) => {
  expect(await terminalText(shown)).toContain(expected);
});

test('conflicts: the command that settles them, without the policy they came from', async () => {
  const shown = result({ counts: counts({ read: 2, updated: 1, conflict: 1 }) });
  const again = ['--full', '--on-conflict', 'report'];
  expect(await terminalText(shown, { named: ['a.csv'], again, repeat: ['--sandbox'] })).toContain(
    `Users changed 1 record in SuperOffice meanwhile. To let the file win, or with crm in place of file the users, run:
  sic import a.csv --full --on-conflict file --sandbox
`,
  );
});

test('a plan: what carries it out, and what plans anew the rows that it left alone', async () => {
  const names = { named: ['a.csv'], plan: 'my plan.json', again: ['--full'] };
  const repeat = ['--files', 'scans', '--datatype', 'Company', '--profile', 'prod'];
  const planned = result({ kind: 'sic.validate', counts: counts({ read: 2, updated: 2 }) });
  expect(await terminalText(planned, { ...names, repeat })).toContain(`Nothing was written. To write it:
  sic import --plan "my plan.json" --profile prod
`);
  const moved = result({ counts: counts({ read: 2, updated: 1, conflict: 1 }) });
  expect(await terminalText(moved, { ...names, repeat })).toContain(
    `Users changed 1 record in SuperOffice, so they were left alone. To plan what is left:
  sic validate a.csv --full --out "my plan.json" --files scans --datatype Company --profile prod
`,
  );
});

test('text from files cannot steer the terminal', async () => {
  const text = await terminalText(
    result({ counts: counts({ read: 1, rejected: 1 }) }, [
      row({ key: 'C\u001B[2J', problems: [problem({ value: 'a\u001B]0;x\u0007' })] }),
    ]),
  );
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});

test('on a narrow terminal sentences break between words, commands and paths do not', async () => {
  const rejected = result({ counts: counts({ read: 1, rejected: 1 }), rejects: 'a/long/path/r.csv' }, [
    row({ problems: [problem()] }),
  ]);
  const text = await terminalText(rejected, { width: 40, program: 'npx sic', repeat: ['--sandbox'] });
  expect(text).toContain(`  line 12  C-12
    CountryName "Atlantis": SuperOffice
      has no country of this name.
    → Write the name or the two-letter
      code.
`);
  expect(text).toContain(`The row that was not taken is in
a/long/path/r.csv, with the reasons.
Correct it there, then run:
  npx sic import a/long/path/r.csv --sandbox
`);
});

test('a warning of one of several files names the file', async () => {
  const first = row({ warnings: [problem()] });
  const shown = result({ warnings: [{ code: 'country-not-found', count: 2, first }] });
  const [file] = shown.files;
  expect(await terminalText({ ...shown, files: file ? [file, file] : [] })).toContain(
    '  2 rows, the first is companies.csv, line 12  C-12\n',
  );
});

test.each([
  [999, '9 rows in 1.0 s, '],
  [1000, '9 rows in 1.0 s (9 rows a second), '],
  [6001, '9 rows in 6.0 s (1 row a second), '],
  [90_000, '9 rows in 1 min 30 s, '],
])('speed after %d ms', async (durationMs, text) => {
  expect(await terminalText(result({ durationMs, counts: counts({ read: 9, created: 9 }) }))).toContain(text);
});

test('every line of a broken sentence is marked up for itself', async () => {
  // chalk joins whatever it is given.
  const mark = (...texts: readonly unknown[]) => `<${texts.join(' ')}>`;
  const style = { bold: mark, dim: mark, good: mark, warn: mark, bad: mark };
  const shown = result({ kind: 'sic.validate', counts: counts({ read: 1, rejected: 1 }) }, [
    row({ problems: [problem()], warnings: [problem()] }),
  ]);
  expect(await terminalText(shown, { width: 40, style })).toContain(`
<    → Write the name or the two-letter>
<      code.>
<    note: SuperOffice has no country of>
<      this name.>
`);
});
