import { simpleContact } from '../carriers/contact-simple.ts';
import { simpleProject } from '../carriers/project-simple.ts';
import { simpleSale } from '../carriers/sale-simple.ts';
import { reference } from './reference.ts';

/** The company, project and sale that activities, sales and requests belong to, in the same words in each of them. */
export const contactReference = reference({
  name: 'Contact',
  column: 'contact_id',
  idProperty: 'ContactId',
  table: 'contact',
  list: 'contact_new',
  field: { type: 'SuperOffice.CRM.Services.Contact', length: 4 },
  carrier: simpleContact,
});

export const projectReference = reference({
  name: 'Project',
  column: 'project_id',
  idProperty: 'ProjectId',
  table: 'project',
  list: 'project',
  field: { type: 'SuperOffice.CRM.Services.Project', length: 4 },
  carrier: simpleProject,
});

export const saleReference = reference({
  name: 'Sale',
  column: 'sale_id',
  idProperty: 'SaleId',
  table: 'sale',
  list: 'sale',
  field: { type: 'SuperOffice.CRM.Services.Sale', length: 4 },
  carrier: simpleSale,
});
