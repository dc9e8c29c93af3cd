import type { Row } from '../mapping/row.ts';
import type { ChunkPorts } from './chunk.ts';
import type { RowOutcome } from './row-outcome.ts';

/** `workChunk`, loaded when there is a row to work on: most runs of most files have none. */
export async function work(rows: readonly Row[], ports: ChunkPorts): Promise<RowOutcome[]> {
  const { workChunk } = await import('./chunk.ts');
  return workChunk(rows, ports);
}
