import { expect, test } from 'vitest';
import { statuses } from '../../src/import/result.ts';
import { writeFailedJson, writeJson } from '../../src/report/json.ts';
import { counts, problem, result, row } from './results.ts';

async function written(...args: [Parameters<typeof writeJson>[0], number]) {
  const parts: string[] = [];
  await writeJson(...args, text => {
    parts.push(text);
  });
  return { parts, document: JSON.parse(parts.join('')) };
}

test('the document of a run, row by row', async () => {
  const rejected = row({ problems: [problem()], warnings: [problem({ code: 'near' })] });
  const updated = row({ status: 'updated', changes: [{ field: 'Name', from: 'Old', to: null }] });
  const { parts, document } = await written(
    result(
      {
        counts: counts({ read: 2, updated: 1, rejected: 1 }),
        rejects: 'r.csv',
        requests: { total: 3, read: 1, write: 2, retried: 0 },
        added: [{ list: 'Category', name: 'New' }],
        warnings: [{ code: 'near', count: 1, first: rejected }],
      },
      [rejected, updated],
    ),
    1,
  );
  expect(document).toEqual({
    kind: 'sic.import',
    formatVersion: 1,
    run: '20261122-120000',
    profile: 'prod',
    tenant: 'Cust12345',
    exitCode: 1,
    durationMs: 2000,
    counts: counts({ read: 2, updated: 1, rejected: 1 }),
    files: [
      {
        file: 'companies.csv',
        datatype: 'Company',
        counts: counts({ read: 2, updated: 1, rejected: 1 }),
        rejects: 'r.csv',
      },
    ],
    requests: { total: 3, read: 1, write: 2, retried: 0 },
    bulkRows: 0,
    rejects: 'r.csv',
    limited: false,
    added: [{ list: 'Category', name: 'New' }],
    warnings: [{ code: 'near', count: 1, first: rejected }],
    fileWarnings: [],
    rows: [rejected, updated],
    error: null,
  });
  expect(Object.keys(document.counts)).toEqual(['read', ...statuses]);
  // One write per row: the document is never whole in memory.
  expect(parts).toHaveLength(4);
});

test('no rows, and an error', async () => {
  const error = { code: 'interrupted', message: 'The run was interrupted.', hint: null } as const;
  const { document } = await written(result({ error }), 130);
  expect(document).toMatchObject({ exitCode: 130, rows: [], error });
});

test('a run that never began has the same keys', async () => {
  const { document } = await written(result(), 0);
  let text = '';
  writeFailedJson(
    {
      kind: 'sic.validate',
      profile: '',
      exitCode: 2,
      error: { code: 'config', message: 'm', hint: null, detail: 'd' },
    },
    part => {
      text += part;
    },
  );
  const failed = JSON.parse(text);
  expect(Object.keys(failed)).toEqual(Object.keys(document));
  expect(failed).toMatchObject({
    kind: 'sic.validate',
    exitCode: 2,
    counts: counts({}),
    error: { code: 'config', message: 'm', hint: null, detail: 'd' },
  });
});
