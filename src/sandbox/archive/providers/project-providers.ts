import { projectGroup } from '../columns/project.ts';
import type { Provider } from '../provider.ts';
import { isKept, type TableProvider, tableProvider } from './table-provider.ts';

const simple: TableProvider = {
  name: 'SimpleProject',
  table: 'project',
  key: 'projectId',
  entities: [{ name: 'project', label: 'Project', holds: isKept }],
  columns: projectGroup(false),
  defaults: ['projectId', 'name', 'number', 'type', 'status', 'associateId'],
  link: 'project',
};

/** reading.md, section 9.3. */
export const simpleProject: Provider = tableProvider(simple);

/** With the first member of each project. */
export const findProject: Provider = tableProvider({
  ...simple,
  name: 'FindProject',
  columns: projectGroup(true),
});
