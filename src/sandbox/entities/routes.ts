import type { Route } from '../http/exchange.ts';
import { agentRoutes, interestRoute } from './agents.ts';
import { appointment } from './appointment.ts';
import { defaultAppointmentRoute } from './appointment-agent.ts';
import { contact, contactInterests } from './contact.ts';
import { document } from './document.ts';
import { documentAgentRoutes } from './document-agent.ts';
import { documentContentRoutes } from './document-content.ts';
import { documentLockRoutes } from './document-lock.ts';
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
  ...[contact, person, project, sale, appointment, document].flatMap(entity => [
    ...restRoutes(entity),
    ...agentRoutes(entity),
  ]),
  interestRoute(contact, contactInterests),
  interestRoute(person, personInterests),
  duplicatesRoute,
  projectDuplicatesRoute,
  moveToRoute,
  defaultAppointmentRoute,
  ...documentContentRoutes,
  ...documentLockRoutes,
  ...documentAgentRoutes,
  ...serviceRoutes,
  probabilityFromStageRoute,
];
