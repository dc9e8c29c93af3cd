import { expect, test } from 'vitest';
import { counted, openPractice } from './practice.ts';

/** Per datatype the files that make a record with every field, and the one of which there is a changed and a cleared one. */
const everyField = [
  ['Project', [], 'projects.csv'],
  ['Sale', ['companies.csv', 'persons.csv', 'projects.csv'], 'sales.csv'],
  ['Appointment', ['companies.csv', 'persons.csv', 'projects.csv', 'sales.csv'], 'appointments.csv'],
  ['Document', ['companies.csv', 'persons.csv', 'projects.csv', 'sales.csv'], 'documents.csv'],
  ['Ticket', ['companies.csv', 'persons.csv', 'projects.csv', 'sales.csv'], 'tickets.csv'],
  ['Message', ['companies.csv', 'persons.csv', 'tickets.csv'], 'messages.csv'],
] as const;

/** What cannot be taken back, by datatype. */
const stays: Readonly<Record<string, readonly string[]>> = {
  Document: ['file-stays'],
  Message: ['attachment-stays'],
};

test.each(everyField)(
  '%s: every field that was changed is as before, and so is every one that was cleared',
  async (name, parents, file) => {
    const { borrow, run, undo, everything } = await openPractice();
    await borrow(`every-${name.toLowerCase()}-field`);
    await run('import', ...parents, file);
    const before = await everything(name);

    expect(counted(await run('import', `changed/${file}`))).toEqual({ read: 1, updated: 1 });
    expect(await everything(name)).not.toEqual(before);
    const plan = await undo('last');
    expect(plan).toMatchObject({ dryRun: true, exitCode: 0 });
    expect(plan.rows[0]?.changes.length).toBeGreaterThan(5);
    expect(await everything(name)).not.toEqual(before);
    const { rows, exitCode } = await undo('last', '--yes');
    expect(rows.flatMap(row => row.problems.map(({ code }) => code))).toEqual(stays[name] ?? []);
    expect(exitCode).toBe(stays[name] ? 1 : 0);
    expect(await everything(name)).toEqual(before);
    const again = await undo('last', '--yes');
    expect(again.requests.write).toBe(0);

    await run('import', `cleared/${file}`, '--config', 'clear.json');
    expect(await everything(name)).not.toEqual(before);
    expect(await undo('last', '--yes')).toMatchObject({ exitCode: 0, counts: { restored: 1 } });
    expect(await everything(name)).toEqual(before);
  },
);
