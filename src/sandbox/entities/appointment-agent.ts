import { ok, type Route, SandboxError } from '../http/exchange.ts';
import { pick } from '../http/names.ts';
import { appointment } from './appointment.ts';
import { isTaskType, startOf } from './appointment-schedule.ts';
import { entityCarrier, readingOf, selectionOf } from './carrier.ts';
import { groupOf } from './carriers/associate.ts';
import { badArgumentErrorType } from './open-points.ts';
import { writingOf } from './store.ts';
import { shown, toInteger } from './values.ts';

/** An unsaved follow-up of a task type for somebody's diary: `{"Type":"Phone","AssociateId":10}` (writing.md, section 1.3). */
export const defaultAppointmentRoute: Route = [
  'POST',
  '/v1/Agents/Appointment/CreateDefaultAppointmentEntityByTypeAndAssociate',
  exchange => {
    const { database, body } = exchange;
    const type = pick(body, 'Type') ?? 'Appointment';
    const associateId = toInteger(pick(body, 'AssociateId')) ?? 0;
    if (typeof type !== 'string' || !isTaskType(type))
      throw refusal(`${shown(type)} is no type of task that an appointment can have`);
    if (!database.table('associate').get(associateId))
      throw refusal(`there is no associate with AssociateId ${associateId}`);
    const row = {
      ...appointment.blank,
      ...startOf(type, writingOf(exchange)),
      associate_id: associateId,
      group_idx: groupOf(database, associateId),
      registered_associate_id: exchange.user.associateId,
    };
    return ok(
      entityCarrier(appointment, { id: 0, row, reading: readingOf(exchange) }, selectionOf(exchange)),
    );
  },
];

function refusal(message: string): SandboxError {
  return new SandboxError(400, badArgumentErrorType, message);
}
