import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { checksOf } from '../../src/doctor/check.ts';
import type { DoctorResult } from '../../src/doctor/result.ts';
import { doctorJson } from '../../src/report/doctor-json.ts';
import { doctorText } from '../../src/report/doctor-terminal.ts';
import { plain } from '../../src/report/style.ts';
import { captureContext } from '../support/sic.ts';
import { practice } from './practice.ts';

const { ok, right, advice, missing } = checksOf('columns');
const result: DoctorResult = {
  profile: 'prod',
  tenant: 'Cust12345',
  checks: [
    checksOf('bulk').skipped('mass operations', 'Not known.'),
    ok('a', 'Something is new.'),
    missing('b', 'It is\u001b[2J gone.', 'Bring it back.'),
    missing('c', 'So is this.', 'Bring it back.'),
    advice('d', 'A sentence that is so long that it needs several lines of a narrow terminal.', 'Look.'),
    ...Array.from({ length: 9 }, (_, index) => right(`r${index}`, 'Fits.')),
  ],
  made: [],
  fixable: 2,
  schedule: null,
  probe: null,
  error: null,
};

test('areas in order, common advice once, what is alike counted, control characters out', () => {
  expect(doctorText(result, { style: plain, width: 60 })).toBe(`profile prod, Cust12345

More-page and extra columns
  ok       a: Something is new.
  missing  b: It is·[2J gone.
  missing  c: So is this.
           → Bring it back.
  advice   d: A sentence that is so long that it needs
             several lines of a narrow terminal.
           → Look.
  ok       9 columns are right; --json lists them.

Mass operations
  skipped  mass operations: Not known.

2 things have to be mended. 1 piece of advice.
2 missing fields can be made by the same command with --fix (it tells which, and asks).
`);
});

test('JSON has all of them, in the same order', () => {
  const { checks, ...rest } = JSON.parse(doctorJson(result, 1));
  expect(checks).toHaveLength(14);
  expect(checks[0]).toEqual({
    area: 'columns',
    name: 'a',
    status: 'ok',
    found: 'Something is new.',
    todo: null,
  });
  expect(checks.at(-1).area).toBe('bulk');
  expect(rest).toEqual({
    kind: 'sic.doctor',
    formatVersion: 1,
    profile: 'prod',
    tenant: 'Cust12345',
    exitCode: 1,
    made: [],
    fixable: 2,
    schedule: null,
    probe: null,
    error: null,
  });
});

test.each([
  ['y\n', 0, 6],
  ['YES\n', 0, 6],
  ['n\n', 2, 0],
  ['\n', 2, 0],
  ['', 2, 0],
])('on a terminal --fix asks; %j', async (answer, exitCode, made) => {
  const place = await practice('empty');
  const { context, written } = captureContext({ cwd: place.cwd, env: { SIC_PASSWORD: 'sandbox', CI: '1' } });
  const stdin = Object.assign(Readable.from(answer === '' ? [] : [answer]), { isTTY: true as const });
  const terminal = { ...context, stdin, stderr: { ...context.stderr, isTTY: true } };
  expect(await main(['doctor', '--fix', '--json'], terminal)).toBe(exitCode);
  expect(written.stderr).toContain('Make them? [y/N] ');
  expect(JSON.parse(written.stdout).made).toHaveLength(made);
});
