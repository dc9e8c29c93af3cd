import { textOf } from '../json.ts';
import { type Experiment, yesNo } from './experiment.ts';
import { makeMessage } from './message.ts';

const sent = '2019-06-15T12:00:00';

export const experiment: Experiment = async bench => {
  const id = await makeMessage(bench, { CreatedAt: sent });
  const held = textOf(await bench.read('TicketMessage', id), 'CreatedAt');
  // The day alone: an hour or two may be a matter of time zones.
  return yesNo(held.startsWith(sent.slice(0, 10)), `A message posted with ${sent} has ${held}.`);
};
