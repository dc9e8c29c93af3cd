import type { Reading } from '../property.ts';
import { noDate } from '../stamps.ts';
import { numberOf, textOf } from '../values.ts';
import { associateName } from './associate.ts';
import { nameOf, saleCompletion, saleStatuses } from './enumerations.ts';
import { listItemName } from './list-item.ts';
import { personName } from './names.ts';
import { fullRight } from './rights.ts';

/** The flat `Sale` carrier: `GET /v1/Sale/{id}/Simple`, `Appointment.Sale`. null for id 0 and for no such sale. */
export function simpleSale(id: number, reading: Reading): Record<string, unknown> | null {
  const { database } = reading;
  const row = database.table('sale').get(id);
  if (!row) return null;
  const date = (column: string): string => (textOf(row[column]) || noDate) + reading.zone;
  const person = database.table('person').get(numberOf(row.person_id));
  return {
    ContactName: textOf(database.table('contact').get(numberOf(row.contact_id))?.name),
    SaleDate: date('saledate'),
    SaleId: id,
    Probability: numberOf(row.probability),
    Title: textOf(row.heading),
    Amount: numberOf(row.amount),
    Currency: listItemName('currency', numberOf(row.currency_id), reading),
    ProjectName: textOf(database.table('project').get(numberOf(row.project_id))?.name),
    AssociateFullName: associateName(database, numberOf(row.associate_id)),
    Description: textOf(database.table('text').get(numberOf(row.text_id))?.text),
    Status: nameOf(saleStatuses, numberOf(row.status)),
    WeightedAmount: (numberOf(row.amount) * numberOf(row.probability)) / 100,
    ProjectId: numberOf(row.project_id),
    EarningPercent: numberOf(row.earning_percent),
    Earning: numberOf(row.earning),
    ContactId: numberOf(row.contact_id),
    AssociateId: numberOf(row.associate_id),
    PersonId: numberOf(row.person_id),
    SaleTypeId: numberOf(row.saleType_id),
    SaleTypeName: listItemName('saletype', numberOf(row.saleType_id), reading),
    PersonFullName: person ? personName(person) : '',
    Completed: nameOf(saleCompletion, numberOf(row.done)),
    ActiveErpLinks: 0,
    NextDueDate: date('nextDueDate'),
    Number: textOf(row.number1),
    TableRight: fullRight,
    FieldProperties: {},
  };
}
