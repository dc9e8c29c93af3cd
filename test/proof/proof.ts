import { expect } from 'vitest';
import { Tenant } from '../sandbox/entities/tenant.ts';
import { type Document, documentOf } from '../support/document.ts';
import { type FaultyProxy, type Script, type Seen, startFaultyProxy } from '../support/faulty-proxy.ts';
import type { Ended } from '../support/program.ts';
import type { Workplace } from '../support/workplace.ts';
import { askOf } from './ask.ts';
import { astray, doubled, type ToldRow, unsaid, untrue } from './check.ts';
import { dataFiles, proofPlace } from './place.ts';
import { type Delivery, deliveries } from './rows.ts';
import { readStored, type Stored } from './stored.ts';
import { hushedUp, isWorked } from './written.ts';

export interface Told extends Document {
  readonly rows: readonly (Document['rows'][number] & ToldRow)[];
}

/** A SuperOffice of its own, a way to it that can go wrong, and a folder with what is to be imported. */
export interface Proof {
  readonly place: Workplace;
  readonly proxy: FaultyProxy;
  readonly days: readonly [Delivery, Delivery];
  /** From now on. */
  script(script: Script): void;
  /** The document of a run that came to its end. Notes what it says of rows. */
  listen(ended: Pick<Ended, 'code' | 'stdout' | 'stderr'>): Told;
  /** Nothing is there twice, and what the run says it brought in is there. @param told null: it could not say anything */
  check(delivery: Delivery, told: Told | null): Promise<void>;
  /** From now on nothing goes wrong any more. @param run a command with its flags, on all files */
  finish(run: (...argv: string[]) => Promise<Told>): Promise<void>;
  close(): Promise<void>;
}

export async function openProof(seed: number): Promise<Proof> {
  const tenant = await Tenant.start();
  const proxy = await startFaultyProxy(tenant.sandbox.url);
  const place = await proofPlace(tenant.sandbox, proxy.url);
  const ask = askOf(tenant.sandbox);
  const before = await readStored(ask);
  const days = deliveries(seed);
  const said: ToldRow[] = [];
  /** Since the last check. */
  let worked: Seen[] = [];
  const play = (script: Script): void =>
    proxy.script(one => {
      const fault = script(one);
      if (isWorked(fault)) worked.push(one);
      return fault;
    });
  play(() => null);

  const now = async (): Promise<Stored> => {
    await proxy.idle();
    return readStored(ask);
  };
  return {
    place,
    proxy,
    days,
    script: play,
    listen: ended => {
      const document = documentOf(ended) as Told;
      said.push(...document.rows);
      return document;
    },
    async check(delivery, told) {
      const stored = await now();
      const rows = told?.rows ?? [];
      const hushed = told ? hushedUp(worked, rows, stored) : [];
      worked = [];
      expect([...doubled(stored, before), ...untrue(rows, stored, delivery), ...hushed]).toEqual([]);
    },
    async finish(run) {
      play(() => null);
      const settled = await run('import');
      const read = dataFiles.reduce((sum, file) => sum + (days[1].tables.get(file)?.length ?? 0), 0);
      expect(settled.rows.flatMap(({ problems }) => problems)).toEqual([]);
      expect(settled).toMatchObject({ exitCode: 0, counts: { read } });
      const stored = await now();
      expect([
        ...doubled(stored, before),
        ...untrue(settled.rows, stored, days[1]),
        ...astray(stored, before, days),
        ...unsaid(stored, said, days[1]),
      ]).toEqual([]);

      const from = proxy.seen.length;
      expect(await run('import')).toMatchObject({
        counts: { read, unchanged: read },
        requests: { write: 0 },
      });
      expect(await run('import', '--full')).toMatchObject({
        counts: { read, current: read },
        requests: { write: 0 },
      });
      expect(proxy.seen.slice(from).filter(isWrite)).toEqual([]);
    },
    close: () => tenant.close(),
  };
}

/** Of a list that has no number in SuperOffice's specs, an agent is asked for it: by POST. */
export function isWrite({ method, path }: Seen): boolean {
  return method !== 'GET' && path !== '/v1/Agents/MDO/GetListIdByListName';
}
