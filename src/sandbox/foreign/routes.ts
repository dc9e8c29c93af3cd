import type { Route } from '../http/exchange.ts';
import { appRoutes } from './app-routes.ts';
import { deviceRoutes } from './device-routes.ts';
import { keyRoutes } from './key-routes.ts';

/** The foreign key system: other programs' ids of SuperOffice's records (rest-ForeignApp.json). */
export const foreignRoutes: readonly Route[] = [...appRoutes, ...deviceRoutes, ...keyRoutes];
