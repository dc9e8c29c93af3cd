import { parseDate } from '../archive/dates.ts';
import { type Route, SandboxError } from '../http/exchange.ts';
import { moveActivities } from './activity.ts';
import { contact } from './contact.ts';
import { badArgumentErrorType } from './open-points.ts';
import { person, placeInCompany } from './person.ts';
import { idIn } from './rest.ts';
import { updatedStamp } from './stamps.ts';
import { requireRow } from './store.ts';
import { numberOf } from './values.ts';

/** A person changes employer. `moveAfterDate` is required; activities after it move along (writing.md, section 2). */
export const moveToRoute: Route = [
  'POST',
  '/v1/Person/{id}/MoveTo/{contactId}',
  (exchange, parameters) => {
    const { database, query, now, user } = exchange;
    const after = parseDate(query.get('moveAfterDate') ?? '');
    if (after === undefined)
      throw new SandboxError(400, badArgumentErrorType, 'moveAfterDate is required and must be a date');
    const id = idIn(parameters);
    const row = requireRow(exchange, person, id);
    const company = requireRow(exchange, contact, idIn(parameters, 'contactId'));
    if (row.contact_id !== company.contact_id) {
      database
        .table('person')
        .update(id, { ...placeInCompany(database, company), ...updatedStamp(row, now, user.associateId) });
      moveActivities(database, id, numberOf(company.contact_id), after);
    }
    return { status: 204 };
  },
];
