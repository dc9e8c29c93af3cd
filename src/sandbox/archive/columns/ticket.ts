import {
  type Enumeration,
  nameOf,
  readStatuses,
  securityLevels,
  ticketBaseStatuses,
  ticketOrigins,
} from '../../entities/carriers/enumerations.ts';
import { associateOfEjUser } from '../../entities/carriers/service-user.ts';
import { tagIds } from '../../entities/properties/tags.ts';
import type { DbRow } from '../../store/table.ts';
import type { Column } from '../column.ts';
import type { Source } from '../source.ts';
import { columnsOf, computed, empty, listText } from './build.ts';
import { contactIdentityGroup } from './contact.ts';
import { extraGroup } from './extra.ts';
import { type ColumnGroup, columnGroup, type Hop, itself, type Nested } from './group.ts';
import { associateName, numberIn, textIn } from './names.ts';
import { personIdentityGroup } from './person.ts';
import { projectIdentityGroup } from './project.ts';
import { associateGroup, reference } from './related.ts';
import { saleIdentityGroup } from './sale.ts';

const ticket = columnsOf('ticket');
const status = columnsOf('ticketstatus');
const priority = columnsOf('ticketpriority');

/** A list whose items are names for numbers. */
export function named(name: string, column: string, values: Enumeration, listName: string): Column {
  return {
    ...computed(name, 'list', 'listAny', row => numberIn(row, column)),
    listName,
    display: cell => nameOf(values, Number(cell ?? 0)),
  };
}

/** A user of customer service: restricts by that id, is shown as the associate's login name. */
function user(name: string, column: string): Column {
  return {
    ...computed(name, 'list', 'ejUser', row => numberIn(row, column)),
    listName: 'ejuser',
    display: (cell, source) => associateName(associateOfEjUser(source.database, Number(cell ?? 0)), source),
  };
}

function associateBehind(column: string): Hop {
  return {
    to: (row, database) =>
      database.table('associate').get(associateOfEjUser(database, numberIn(row, column))),
  };
}

function firstMessage(row: DbRow, { database }: Source): DbRow | undefined {
  const messages = database.table('ej_message');
  return messages.get(Math.min(...messages.find('ticket_id', numberIn(row, 'id'))));
}

const references: readonly Column[] = [
  ticket.integer('contactId', 'contact_id'),
  ticket.integer('personId', 'cust_id'),
  ticket.integer('saleId', 'sale_id'),
  ticket.integer('projectId', 'project_id'),
  ticket.integer('ticketStatusId', 'ticket_status'),
  ticket.integer('priorityId', 'priority'),
  ticket.integer('categoryId', 'category'),
  ticket.list('ticketTypeName', 'ticket_type', 'tickettype'),
  ticket.list('ticketStatusName', 'ticket_status', 'ticketstatus'),
  {
    ...ticket.list('categoryFullName', 'category', 'ejcategory'),
    restriction: 'ejCategory',
    display: (cell, { database }) => textIn(database.table('ejcategory').get(Number(cell ?? 0)), 'fullname'),
  },
  ticket.list('priorityName', 'priority', 'ticketpriority'),
  user('ownedBy', 'owned_by'),
  user('createdBy', 'created_by'),
];

const own: readonly Column[] = [
  ticket.integer('ticketId', 'id'),
  ticket.text('title', 'title'),
  ticket.time('createdAt', 'created_at'),
  ticket.date('createdDate', 'created_at'),
  ticket.time('lastChanged', 'last_changed'),
  ticket.text('author', 'author'),
  ticket.time('readByOwner', 'read_by_owner'),
  ticket.time('firstReadByOwner', 'first_read_by_owner'),
  ticket.time('firstReadByUser', 'first_read_by_user'),
  ticket.time('readByCustomer', 'read_by_customer'),
  named('status', 'status', ticketBaseStatuses, 'ticketstatus'),
  named('origin', 'origin', ticketOrigins, 'ticketorigin'),
  named('slevel', 'slevel', securityLevels, 'ticketslevel'),
  ticket.integer('numberOfMessages', 'num_messages'),
  ticket.integer('numberOfReplies', 'num_replies'),
  ticket.integer('connectId', 'connect_id'),
  named('readStatus', 'read_status', readStatuses, ''),
  ticket.time('repliedAt', 'replied_at'),
  ticket.time('closedAt', 'closed_at'),
  ticket.time('activated', 'activate'),
  ticket.time('deadline', 'deadline'),
  ticket.flag('has_attachment', 'has_attachment'),
  {
    ...computed('tags', 'ids', 'intArray', row => tagIds(row.tags)),
    listName: 'tags',
    display: (cell, source) =>
      Array.isArray(cell) ? cell.map(id => listText('tags', id, source)).join(', ') : '',
  },
  // What a user reads first; that it is the first message's text is our reading of the name.
  computed('content', 'string', 'string', (row, source) => textIn(firstMessage(row, source), 'body')),
];

/** Name in the archive → column; seconds, except the times to reply and to close, which the carrier counts in minutes. */
const times: readonly (readonly [name: string, column: string])[] = [
  ['realTimeSpentQueue', 'real_time_spent_queue'],
  ['realTimeSpentExternally', 'real_time_spent_externally'],
  ['realTimeSpentInternally', 'real_time_spent_internally'],
  ['timeSpentQueue', 'time_spent_queue'],
  ['timeSpentExternally', 'time_spent_externally'],
  ['timeSpentInternally', 'time_spent_internally'],
  ['timeSpent', 'time_spent'],
  ['timeToReply', 'time_to_reply'],
  ['timeToClose', 'time_to_close'],
  ['realTimeToReply', 'real_time_to_reply'],
  ['realTimeToClose', 'real_time_to_close'],
];

/** Documented columns of what the sandbox does not work out. */
const unkept: readonly Column[] = [
  empty('messageLanguage', 'list', 'listAny', { sortable: false }),
  empty('sentimentScore', 'list', 'listAny', { sortable: false }),
  empty('sentimentConfidence', 'integer', 'int'),
  empty('suggestedCategory', 'list', 'listAny', { sortable: false }),
  empty('createdByWorkflow', 'list', 'listAny'),
];

const nested: readonly Nested[] = [
  { prefix: 'ownedBy', hop: associateBehind('owned_by'), group: associateGroup },
  { prefix: 'createdBy', hop: associateBehind('created_by'), group: associateGroup },
  {
    prefix: 'ticketStatus',
    hop: reference('ticket', 'ticket_status', 'ticketstatus'),
    group: columnGroup([
      status.integer('ticketStatusId', 'ticketstatus_id'),
      translated('name', 'ticketstatus'),
      status.integer('rank', 'rank'),
    ]),
  },
  {
    prefix: 'ticketPriority',
    hop: reference('ticket', 'priority', 'ticketpriority'),
    group: columnGroup([
      priority.integer('ticketPriorityId', 'ticketpriority_id'),
      translated('name', 'ticketpriority'),
      priority.integer('rank', 'rank'),
    ]),
  },
  { prefix: 'person', hop: reference('ticket', 'cust_id', 'person', true), group: personIdentityGroup },
  {
    prefix: 'contact',
    hop: reference('ticket', 'contact_id', 'contact', true),
    group: contactIdentityGroup(true),
  },
  { prefix: 'sale', hop: reference('ticket', 'sale_id', 'sale', true), group: saleIdentityGroup },
  { prefix: 'project', hop: reference('ticket', 'project_id', 'project', true), group: projectIdentityGroup },
  { prefix: 'extra', hop: itself, group: extraGroup('ticket') },
];

/** The name of a list item in the language that is asked for. */
function translated(name: string, table: string): Column {
  return computed(name, 'string', 'string', (row, source) =>
    listText(table, numberIn(row, `${table}_id`), source),
  );
}

/** reading.md, section 9.7. `status` is the base status, `ticketStatusName` the user-defined one. */
export const ticketGroup: ColumnGroup = columnGroup(
  [
    ...references,
    ...own,
    ...times.map(([name, column]) => computed(name, 'timeSpan', 'timeSpan', row => numberIn(row, column))),
    ...unkept,
  ],
  nested,
);

/** Tickets that were deleted wait for a job that takes them away; only the recycle bin shows them. */
export function isInArchive(row: DbRow): boolean {
  return row.status !== ticketBaseStatuses.Deleted;
}

export function isClosed(row: DbRow): boolean {
  return row.status === ticketBaseStatuses.Closed;
}
