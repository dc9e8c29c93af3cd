import type { JsonObject } from '../json.ts';
import type { Bench } from './bench.ts';

/** A request with one message. Nobody is notified of either. */
export async function makeMessage(bench: Bench, more: JsonObject = {}): Promise<number> {
  const { id } = await bench.make('Ticket', { Title: bench.mark, Slevel: 'Internal' });
  const body = { Ticket: { TicketId: id }, Type: 'Plain', Slevel: 'Internal', Body: bench.mark };
  return (await bench.make('TicketMessage', { ...body, ...more })).id;
}
