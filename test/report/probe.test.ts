import { expect, test } from 'vitest';
import { type ProbeReport, probeJson, probeLines } from '../../src/report/probe.ts';
import { plain } from '../../src/report/style.ts';

const report: ProbeReport = {
  tenant: 'Cust12345',
  release: '12.4.1514.0',
  points: [
    {
      name: 'cleared-reference',
      question: 'What empties a reference?',
      answer: 'null',
      default: 'id-0',
      evidence: 'The project of a sale was emptied by null.',
    },
    {
      name: 'post-archive-known',
      question: 'Can long queries be posted?',
      answer: 'yes',
      default: 'yes',
      evidence: 'POST was answered.',
    },
    {
      name: 'cleared-date',
      question: 'What empties a date?',
      answer: null,
      default: 'year-one',
      evidence: 'Not tried: no entity has a user-defined date.',
    },
  ],
  left: [
    { what: 'Project', id: 7, name: 'sic probe 2026-11-22 x7k2', why: 'DELETE answered 403\u001b[2J' },
    { what: 'Contact', id: null, name: 'sic probe 2026-11-22 x7k2', why: 'The answer was lost.' },
  ],
  stopped: 'interrupted',
};

test('for people: answers, what they change, evidence, and what is left', () => {
  expect(probeLines(report, Number.POSITIVE_INFINITY, plain)).toEqual([
    'Open points of Cust12345 (12.4.1514.0)',
    '',
    '  cleared-reference: null  (without a probe: id-0)',
    '    What empties a reference?',
    '    The project of a sale was emptied by null.',
    '  post-archive-known: yes',
    '    Can long queries be posted?',
    '    POST was answered.',
    '  cleared-date: not settled  (sic goes by year-one, or by what an earlier probe found)',
    '    What empties a date?',
    '    Not tried: no entity has a user-defined date.',
    '',
    'Still in SuperOffice',
    '  Project 7 "sic probe 2026-11-22 x7k2"',
    '    DELETE answered 403·[2J',
    '  Contact (id not known) "sic probe 2026-11-22 x7k2"',
    '    The answer was lost.',
    '',
    'Interrupted before all points were reached.',
  ]);
});

test('nothing left, nothing stopped: nothing said of it; lines fit a narrow terminal', () => {
  const lines = probeLines({ ...report, left: [], stopped: null }, 40, plain);
  expect(lines.join('\n')).not.toContain('Still in SuperOffice');
  expect(lines.at(-1)).toMatch(/user-defined date\.$/);
  for (const line of lines.filter(each => each.startsWith('    ')))
    expect(line.length).toBeLessThanOrEqual(40);
});

test('for machines: points, what is left, why it stopped', () => {
  expect(probeJson({ ...report, stopped: new Error('signed out') })).toEqual({
    tenant: 'Cust12345',
    release: '12.4.1514.0',
    points: report.points,
    left: report.left,
    stopped: 'signed out',
  });
  expect(probeJson({ ...report, stopped: null })).toMatchObject({ stopped: null });
});
