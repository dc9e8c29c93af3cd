import { saleGroup } from '../columns/sale.ts';
import type { Provider } from '../provider.ts';
import { isKept, type TableProvider, tableProvider } from './table-provider.ts';

const simple: TableProvider = {
  name: 'SimpleSale',
  table: 'sale',
  key: 'saleId',
  entities: [{ name: 'sale', label: 'Sale', holds: isKept }],
  columns: saleGroup,
  defaults: ['saleId', 'heading', 'date', 'contactId', 'stage', 'amount', 'currency', 'associateId'],
  link: 'sale',
};

/** reading.md, section 9.4. */
export const simpleSale: Provider = tableProvider(simple);

/** The sandbox answers the same columns; the joins of the real one are not for plain reads. */
export const findSale: Provider = tableProvider({ ...simple, name: 'FindSale' });
