import type { Route } from '../http/exchange.ts';
import { udefAgentRoutes } from './agent-routes.ts';
import { layoutRoutes } from './layout-routes.ts';
import { schemaRoutes } from './table-fields.ts';

export const udefRoutes: readonly Route[] = [...layoutRoutes, ...schemaRoutes, ...udefAgentRoutes];
