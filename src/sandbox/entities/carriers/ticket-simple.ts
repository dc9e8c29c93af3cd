import type { Reading } from '../property.ts';
import { noDate } from '../stamps.ts';
import { numberOf, textOf } from '../values.ts';
import { nameOf, readStatuses, securityLevels, ticketBaseStatuses, ticketOrigins } from './enumerations.ts';
import { listItemName } from './list-item.ts';
import { contactName, personName } from './names.ts';
import { fullRight } from './rights.ts';
import { associateOfEjUser } from './service-user.ts';

/** The flat `Ticket` carrier: `GET /v1/Ticket/{id}/Simple`, `TicketMessage.Ticket`. null for id 0 and for no such ticket. */
export function simpleTicket(id: number, reading: Reading): Record<string, unknown> | null {
  const { database } = reading;
  const row = database.table('ticket').get(id);
  if (!row) return null;
  const number = (column: string): number => numberOf(row[column]);
  const date = (column: string): string => (textOf(row[column]) || noDate) + reading.zone;
  const login = (ejUserId: number): string =>
    textOf(database.table('associate').get(associateOfEjUser(database, ejUserId))?.name);
  const person = database.table('person').get(number('cust_id'));
  const contact = database.table('contact').get(number('contact_id'));
  const category = database.table('ejcategory').get(number('category'));
  return {
    TicketId: id,
    Title: textOf(row.title),
    CreatedAt: date('created_at'),
    LastChanged: date('last_changed'),
    ReadByOwner: date('read_by_owner'),
    ReadByCustomer: date('read_by_customer'),
    FirstReadByUser: date('first_read_by_user'),
    Activate: date('activate'),
    ClosedAt: date('closed_at'),
    RepliedAt: date('replied_at'),
    AlertTimeout: date('alert_timeout'),
    Deadline: date('deadline'),
    CreatedBy: number('created_by'),
    CreatedByName: login(number('created_by')),
    Author: textOf(row.author),
    OwnedBy: number('owned_by'),
    OwnedByName: login(number('owned_by')),
    Category: number('category'),
    CategoryName: textOf(category?.name),
    CategoryFullname: textOf(category?.fullname),
    Slevel: nameOf(securityLevels, number('slevel')),
    Priority: number('priority'),
    PriorityName: listItemName('ticketpriority', number('priority'), reading),
    BaseStatus: nameOf(ticketBaseStatuses, number('status')),
    TicketStatus: number('ticket_status'),
    TicketStatusDisplayValue: listItemName('ticketstatus', number('ticket_status'), reading),
    Origin: nameOf(ticketOrigins, number('origin')),
    CustId: number('cust_id'),
    PersonFirstname: textOf(person?.firstname),
    PersonMiddleName: textOf(person?.middleName),
    PersonLastname: textOf(person?.lastname),
    PersonFullname: person ? personName(person) : '',
    AlertLevel: number('alert_level'),
    ConnectId: number('connect_id'),
    ReadStatus: nameOf(readStatuses, number('read_status')),
    ...Object.fromEntries(
      Object.entries(ticketTimes).map(([property, column]) => [property, number(column)]),
    ),
    TimeSpent: number('time_spent'),
    HasAttachment: row.has_attachment === 1,
    NumReplies: number('num_replies'),
    NumMessages: number('num_messages'),
    FromAddress: textOf(row.from_address),
    ContactId: number('contact_id'),
    ContactName: contact ? contactName(contact) : '',
    OwnedByAssociateId: associateOfEjUser(database, number('owned_by')),
    Language: '',
    Sentiment: 0,
    SentimentConfidence: 0,
    SaleId: number('sale_id'),
    ProjectId: number('project_id'),
    SaleHeading: textOf(database.table('sale').get(number('sale_id'))?.heading),
    ProjectName: textOf(database.table('project').get(number('project_id'))?.name),
    FormSubmissionId: 0,
    TicketTypeId: number('ticket_type'),
    TicketTypeName: listItemName('tickettype', number('ticket_type'), reading),
    TableRight: fullRight,
    FieldProperties: {},
  };
}

/** Times that the escalation of customer service counts; the sandbox has none, so they stay 0. Property → column. */
export const ticketTimes: Readonly<Record<string, string>> = {
  TimeToReply: 'time_to_reply',
  RealTimeToReply: 'real_time_to_reply',
  TimeToClose: 'time_to_close',
  RealTimeToClose: 'real_time_to_close',
  TimeSpentInternally: 'time_spent_internally',
  TimeSpentExternally: 'time_spent_externally',
  TimeSpentQueue: 'time_spent_queue',
  RealTimeSpentInternally: 'real_time_spent_internally',
  RealTimeSpentExternally: 'real_time_spent_externally',
  RealTimeSpentQueue: 'real_time_spent_queue',
};
