import { isObject, numberOf } from '../json.ts';
import { fileOf } from './bench.ts';
import { type Experiment, yesNo } from './experiment.ts';
import { makeMessage } from './message.ts';

const text = 'sic probe';

export const experiment: Experiment = async bench => {
  const message = await makeMessage(bench);
  const { contents } = bench.superoffice;
  const id = await contents.addAttachment(`${bench.mark}.txt`, 'text/plain', fileOf(text));
  bench.cannotDelete(
    'Attachment',
    id,
    'SuperOffice has no way to delete an attachment; its message is deleted.',
  );
  const path = `/v1/TicketMessage/${message}/Attachment`;
  await bench.send({ kind: 'create', method: 'POST', path, json: [id] });
  const json = await bench.send({ kind: 'read', method: 'GET', path });
  const [found] = Array.isArray(json) ? json.filter(isObject) : [];
  const size = found ? numberOf(found, 'AttSize') : 0;
  return yesNo(size === text.length, `An attachment of ${text.length} bytes is listed with ${size}.`);
};
