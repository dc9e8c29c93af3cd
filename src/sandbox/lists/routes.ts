import type { Route } from '../http/exchange.ts';
import { associateAgentRoutes } from './associate-agent.ts';
import { definitionRoutes } from './definition-routes.ts';
import { itemRoutes } from './item-routes.ts';
import { layoutRoutes } from './layout-routes.ts';
import { listAgentRoutes } from './list-agent.ts';
import { mdoRoutes } from './mdo-routes.ts';

/** Lists, MDO lists and associates (reading.md, sections 12 and 13.1). */
export const listRoutes: Route[] = [
  ...definitionRoutes,
  ...itemRoutes,
  ...layoutRoutes,
  ...mdoRoutes,
  ...listAgentRoutes,
  ...associateAgentRoutes,
];
