import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentOf } from '../support/document.ts';
import { canMount, onSmallDisk } from '../support/small-disk.ts';
import { startTenant, type Tenant } from '../support/tenant.ts';
import { companyFile, eachOnce, hurriedWorkplace } from '../support/workplace.ts';

const rows = 300;
const argv = 'import companies.csv --json';
const isPossible = canMount();
if (!isPossible)
  process.stderr.write('Skipped: this machine lets nobody mount a disk in memory (unshare -rm).\n');

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.close());

describe.skipIf(!isPossible)('the disk of the state folder', () => {
  // From "no room for the lock" to "no room for the memory at the end".
  test.each([4, 12, 40, 80, 120])(
    'is full at %i KiB: told, and nothing is lost or doubled once there is room',
    async kibibytes => {
      const prefix = `FULL${kibibytes}`;
      const place = await hurriedWorkplace(tenant);
      await place.write('companies.csv', companyFile(prefix, rows));
      const [full, again, then, history] = await onSmallDisk(
        `${kibibytes}k`,
        [{ sic: argv }, { remount: 'size=64m' }, { sic: argv }, { sic: argv }, { sic: 'runs --json' }],
        place,
      );
      if (!full || !again || !then || !history) return expect.unreachable('four runs');
      expect(full.stderr).not.toMatch(/bug in sic|\n {4}at /);
      expect([2, 4]).toContain(full.code);
      const { error, counts } = documentOf(full);
      expect(error).toMatchObject({
        code: 'state',
        message: expect.stringContaining('ENOSPC'),
        hint: expect.stringContaining('The disk is full: make room and run again.'),
      });
      expect(full.stderr).toContain('The disk is full');

      expect(again.code, again.stderr).toBe(0);
      const { created, unchanged, current } = documentOf(again).counts;
      expect(created + unchanged + current).toBe(rows);
      // Refused at the door, nothing was written.
      if (full.code === 2) expect(created).toBe(rows);
      // What was made is known from the journal, or found by its key.
      expect(unchanged + current).toBeGreaterThanOrEqual(counts.created);
      expect(await tenant.companies(prefix)).toEqual(eachOnce(prefix, rows));
      expect(documentOf(then).counts).toMatchObject({ read: rows, unchanged: rows });
      expect(history.code).toBe(0);
    },
  );

  test.each([296, 316])(
    'is full at %i KiB, in an update: what was overwritten can still be taken back',
    async kibibytes => {
      const prefix = `UPD${kibibytes}`;
      const place = await hurriedWorkplace(tenant);
      const old = companyFile(prefix, rows);
      await place.write('old.csv', old);
      await place.write('new.csv', old.replaceAll(';Company', ';Firm'));
      const company = '--datatype Company --json';
      const [made, full, again, undone] = await onSmallDisk(
        '64m',
        [
          { sic: `import old.csv ${company}` },
          { remount: `size=${kibibytes}k` },
          { sic: `import new.csv ${company}` },
          { remount: 'size=64m' },
          { sic: `import new.csv ${company}` },
          { sic: 'undo last --yes --json' },
        ],
        place,
      );
      if (!made || !full || !again || !undone) return expect.unreachable('four runs');
      expect(made.code, made.stderr).toBe(0);
      expect(documentOf(full)).toMatchObject({ exitCode: 4, error: { code: 'state' } });
      expect(again.code, again.stderr).toBe(0);
      expect(undone.code, undone.stderr).toBe(0);
      expect(await tenant.companies(prefix)).toEqual(eachOnce(prefix, rows));
    },
  );

  test.each([32, 60])(
    'is full at %i KiB, of rejected rows: the answer is still one document',
    async kibibytes => {
      const place = await hurriedWorkplace(tenant);
      await place.write('companies.csv', `CompUserKey01;Name\n${';no key\n'.repeat(600)}`);
      const [full, again] = await onSmallDisk(
        `${kibibytes}k`,
        [{ sic: argv }, { remount: 'size=64m' }, { sic: argv }],
        place,
      );
      if (!full || !again) return expect.unreachable('two runs');
      expect([2, 4]).toContain(full.code);
      expect(full.stderr).not.toMatch(/bug in sic|\n {4}at /);
      expect(documentOf(full)).toMatchObject({ error: { hint: expect.stringMatching(/room|space/) } });
      expect(documentOf(again).counts).toMatchObject({ read: 600, rejected: 600 });
    },
  );

  test('may not be written to: refused before the first request is, and read all the same', async () => {
    const place = await hurriedWorkplace(tenant);
    await place.write('companies.csv', companyFile('RO', 5));
    const commands = ['import companies.csv --full', 'validate companies.csv', 'undo last --yes'];
    const ended = await onSmallDisk(
      '4m',
      [
        { sic: argv },
        { remount: 'ro' },
        ...commands.map(sic => ({ sic: `${sic} --json` })),
        { sic: 'runs --json' },
        { remount: 'rw' },
        { sic: argv },
      ],
      place,
    );
    const [first, ...others] = ended;
    expect(first?.code, first?.stderr).toBe(0);
    const [runs, again] = others.splice(commands.length);
    for (const { code, stdout } of others) {
      expect(code).toBe(2);
      expect(JSON.parse(stdout).error).toMatchObject({
        code: 'state',
        message: expect.stringContaining('EROFS'),
        hint: expect.stringContaining('--state-dir'),
      });
    }
    expect(runs?.code, runs?.stderr).toBe(0);
    expect(again && documentOf(again).counts).toMatchObject({ unchanged: 5 });
    expect(await tenant.companies('RO')).toEqual(eachOnce('RO', 5));
  });
});
