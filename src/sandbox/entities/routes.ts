import type { Route } from '../http/exchange.ts';
import { agentRoutes, interestRoute } from './agents.ts';
import { contact, contactInterests } from './contact.ts';
import { duplicatesRoute, projectDuplicatesRoute } from './duplicates.ts';
import { moveToRoute } from './move-to.ts';
import { person, personInterests } from './person.ts';
import { probabilityFromStageRoute } from './probability-from-stage.ts';
import { project } from './project.ts';
import { restRoutes } from './rest.ts';
import { sale } from './sale.ts';
import { serviceRoutes } from './service/routes.ts';

/** Entities as REST resources and as agents. A new entity is its description and a line here. */
export const entityRoutes: Route[] = [
  ...[contact, person, project, sale].flatMap(entity => [...restRoutes(entity), ...agentRoutes(entity)]),
  interestRoute(contact, contactInterests),
  interestRoute(person, personInterests),
  duplicatesRoute,
  projectDuplicatesRoute,
  moveToRoute,
  ...serviceRoutes,
  probabilityFromStageRoute,
];
