import { statSync } from 'node:fs';
import { join } from 'node:path';
import { changedJob, sameJob, unchangedJob } from '../delta-jobs.mjs';
import { atMost } from '../goals.mjs';
import { inTurn, megabytes, ran, ratio, script, yardstick } from '../measure.mjs';
import { peers } from '../peers.mjs';

export const summary = 'CSV: what changed in a file, beside papaparse, sha256sum, csv-parse and DuckDB';

/** The goals of time are for a million rows: with fewer, a process needs most of its time to start. */
function lineOf({ rows }, most) {
  return { rows, goal: rows >= 1_000_000 ? atMost(most) : null };
}

export async function* run({ sizes, rounds, places }) {
  for (const rows of sizes) {
    const place = await places.at(rows);
    await place.primed();
    yield* unchanged(place, rounds);
    yield* requoted(place, rounds);
    yield* changed(place, rounds);
    yield* moved(place, rounds);
    yield* memory(place);
    yield* state(place);
  }
  for (const [index, rows] of sizes.slice(1).entries())
    yield await growth(await places.at(sizes[index]), await places.at(rows), rounds);
}

async function* unchanged(place, rounds) {
  const file = place.file('companies.csv');
  const peer = await peers();
  const jobs = {
    unchanged: unchangedJob(place, 'companies.csv', 'csv'),
    papaparse: yardstick('papaparse', file),
    reading: yardstick('read', file),
    sha256sum: async () => (await ran('sha256sum', [file])).seconds,
    'csv-parse': peer && script(peer.csvParse, file),
  };
  const seconds = await inTurn(rounds, jobs);
  yield ratio(seconds, 'unchanged', 'papaparse', lineOf(place, 0.1));
  yield ratio(seconds, 'unchanged', 'sha256sum', lineOf(place, 1));
  yield ratio(seconds, 'unchanged', 'reading', { rows: place.rows });
  yield ratio(seconds, 'unchanged', 'csv-parse', { rows: place.rows });
}

/** Rows with other bytes, found, parsed, and remembered on the disk; since they say the same, nobody is asked about them. */
async function* requoted(place, rounds) {
  const jobs = {
    '0.1 % written otherwise': sameJob(place, 'companies-requoted.csv', 'csv'),
    papaparse: yardstick('papaparse', place.file('companies-requoted.csv')),
  };
  const seconds = await inTurn(rounds, jobs);
  yield ratio(seconds, '0.1 % written otherwise', 'papaparse', lineOf(place, 0.2));
}

/** Rows with other values, which SuperOffice is asked about too. */
async function* changed(place, rounds) {
  const changes = place.file('companies-changed.csv');
  const peer = await peers();
  const kept = place.path('kept.duckdb');
  if (peer) await script(peer.duckdb, 'keep', place.file('companies.csv'), kept)();
  const { job, written } = await changedJob(place, 'companies-changed.csv', 'csv');
  const jobs = {
    '0.1 % changed': job,
    papaparse: yardstick('papaparse', changes),
    DuckDB: peer && script(peer.duckdb, 'compare', changes, kept),
  };
  const seconds = await inTurn(rounds, jobs);
  yield ratio(seconds, '0.1 % changed', 'papaparse', { rows: place.rows });
  yield ratio(seconds, '0.1 % changed', 'DuckDB', { rows: place.rows });
  const { counts, requests } = written.document;
  const detail = `${counts.updated} updated, ${requests.total} requests`;
  const value = written.seconds;
  yield { what: '0.1 % changed and written', rows: place.rows, value, unit: 's', goal: null, detail };
}

async function* moved(place, rounds) {
  await place.import('companies-mixed.csv', 'csv');
  const jobs = {
    shuffled: sameJob(place, 'companies-shuffled.csv', 'csv'),
    'CRLF for LF': sameJob(place, 'companies-crlf.csv', 'csv'),
    'changed, added and gone': sameJob(place, 'companies-mixed.csv', 'csv'),
    papaparse: yardstick('papaparse', place.file('companies-shuffled.csv')),
  };
  const seconds = await inTurn(rounds, jobs);
  yield ratio(seconds, 'shuffled', 'papaparse', lineOf(place, 1));
  yield ratio(seconds, 'CRLF for LF', 'papaparse', { rows: place.rows });
  yield ratio(seconds, 'changed, added and gone', 'papaparse', { rows: place.rows });
}

async function* memory(place) {
  for (const [what, name] of [
    ['unchanged', 'companies.csv'],
    ['0.1 % written otherwise', 'companies-requoted.csv'],
    ['0.1 % changed', 'companies-changed.csv'],
    ['shuffled', 'companies-shuffled.csv'],
  ]) {
    place.restore('csv');
    const { mebibytes } = await place.import(name, 'csv');
    const value = megabytes(mebibytes);
    yield { what: `${what}, peak memory`, rows: place.rows, value, unit: 'MB', goal: atMost(120) };
  }
}

async function* state(place) {
  place.restore('csv');
  const bytes = name => statSync(join(place.statePath('csv'), `accepted-Company${name}`)).size / place.rows;
  const line = { rows: place.rows, unit: 'bytes a row' };
  yield { what: 'state file', ...line, value: bytes(''), goal: atMost(40) };
  yield { what: 'state file of fields', ...line, value: bytes('.fields'), goal: null };
}

/** What a row costs in the larger file, beside what it costs in the smaller one. */
async function growth(small, large, rounds) {
  const job = place => async () => (await place.import('companies.csv', 'csv')).seconds / place.rows;
  for (const place of [small, large]) place.restore('csv');
  const seconds = await inTurn(rounds, { large: job(large), small: job(small) });
  const what = `unchanged, a row ÷ one of ${small.rows.toLocaleString('en-US')}`;
  return { ...ratio(seconds, 'large', 'small', { rows: large.rows, goal: atMost(1) }), what, detail: '' };
}
