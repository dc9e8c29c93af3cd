import { userGroup } from '../columns/user.ts';
import type { Provider } from '../provider.ts';
import { type TableProvider, tableProvider } from './table-provider.ts';

const all: TableProvider = {
  name: 'AllUsers',
  table: 'associate',
  key: 'associateDbId',
  // 'all' is the only entity of these that the sandbox has data for: user plans are none of its business.
  entities: [{ name: 'all', label: 'All', holds: () => true }],
  /** No sample shows the name; the rows are associates. */
  entityName: 'associate',
  columns: userGroup,
  defaults: ['associateDbId', 'assocName', 'fullName', 'usergroup', 'isActive'],
  link: 'associate',
};

/** reading.md, section 13.1: every kind of user; retired ones stay. */
export const allUsers: Provider = tableProvider(all);

const internalTypes: readonly unknown[] = [0, undefined, null];

/** Documented entities of InternalUsers that nobody in the sandbox belongs to (reading.md, section 13.1). */
const unkept = ['potential', 'loggedOnWin', 'expired'];

/** The narrower one: our own employees. */
export const internalUsers: Provider = tableProvider({
  ...all,
  name: 'InternalUsers',
  entities: [
    { name: 'all', label: 'All', holds: row => internalTypes.includes(row.type) },
    {
      name: 'retired',
      label: 'Former employee',
      holds: row => internalTypes.includes(row.type) && Boolean(row.deleted),
    },
    ...unkept.map(name => ({ name, label: name, holds: () => false })),
  ],
});
