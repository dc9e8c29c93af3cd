import { extraFieldRoutes } from '../extra-fields/routes.ts';
import type { Route } from '../http/exchange.ts';
import { udefAgentRoutes } from './agent-routes.ts';
import { layoutRoutes } from './layout-routes.ts';
import { schemaRoutes } from './table-fields.ts';

export const udefRoutes: readonly Route[] = [
  ...layoutRoutes,
  ...extraFieldRoutes,
  ...schemaRoutes,
  ...udefAgentRoutes,
];
