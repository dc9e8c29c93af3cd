import { SuperOfficeError } from '../../superoffice/error.ts';
import type { ApplyPorts } from '../apply/apply.ts';
import type { ChunkPorts } from '../chunk.ts';
import type { Strategy } from '../ports.ts';
import { type Resolved, resolveRows } from '../resolve-rows.ts';
import { Gatherer } from './gatherer.ts';
import type { Doubtful, Job, Verdict } from './job.ts';
import { refusedMassOperations } from './strategy.ts';
import type { Tables } from './tables.ts';
import { writeBatch } from './write.ts';

export interface BulkPorts {
  readonly strategy: Strategy;
  readonly tables: Tables;
  readonly apply: ApplyPorts;
  /** With which rows are looked at again. */
  readonly chunk: ChunkPorts;
  readonly note: (text: string) => void;
  /** Told how many rows were written. */
  readonly written: (rows: number) => void;
}

/** Carries out the updates of one file by mass operations. */
export function openBulk(ports: BulkPorts): Gatherer {
  const { strategy, tables, apply, chunk, note, written } = ports;
  const write = async (jobs: readonly Job[]): Promise<ReadonlyMap<Job, Verdict>> => {
    const { datatype, stop } = chunk;
    try {
      const batch = await writeBatch(jobs, datatype, tables, apply);
      const verdicts = new Map(batch.verdicts);
      if (batch.refused && strategy === 'bulk') {
        const error = refusedMassOperations(batch.refused);
        stop.reason ??= error;
        for (const job of jobs) verdicts.set(job, { is: 'ended', error });
      } else if (batch.refused) {
        note(
          `SuperOffice refuses mass operations, so records are updated one by one: ${batch.refused.message}`,
        );
        gatherer.turnOff();
      }
      if (batch.doubtful.length > 0)
        for (const [job, verdict] of await lookAgain(batch.doubtful, chunk)) verdicts.set(job, verdict);
      written([...verdicts.values()].filter(({ is }) => is === 'written').length);
      return verdicts;
    } catch (error) {
      stop.reason ??= error;
      return new Map(jobs.map(job => [job, { is: 'ended', error }]));
    }
  };
  const gatherer = new Gatherer({ always: strategy === 'bulk', write });
  return gatherer;
}

/** What SuperOffice holds of these records now. Whatever brake is pulled: they were begun. */
async function lookAgain(
  doubtful: readonly Doubtful[],
  chunk: ChunkPorts,
): Promise<readonly (readonly [Job, Verdict])[]> {
  let again: Resolved;
  try {
    again = await resolveRows(
      doubtful.map(({ job }) => job.row),
      { ...chunk, superoffice: chunk.superoffice.finishing() },
    );
  } catch (error) {
    if (!(error instanceof SuperOfficeError)) throw error;
    return doubtful.map(({ job, intent, reason }) => {
      intent.outcome('unknown');
      return [job, { is: 'unknown', error: unknownFate(reason ?? error, error) }];
    });
  }
  return doubtful.map(({ job, intent }) => [job, { is: 'doubtful', intent, again }]);
}

/** Some of the tables may be written: nobody can be asked. */
function unknownFate(reason: SuperOfficeError, asking: SuperOfficeError): SuperOfficeError {
  return new SuperOfficeError(reason.message, { ...reason, scope: asking.scope, lost: true, cause: reason });
}
