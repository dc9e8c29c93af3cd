import type { Route } from '../../http/exchange.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { messageAgentRoutes } from './message-agent.ts';
import { messageRoutes } from './message-routes.ts';
import { ticketAgentRoutes } from './ticket-agent.ts';
import { ticketRoutes } from './ticket-routes.ts';
import { ticketTypeRoutes } from './ticket-type-routes.ts';

/** Customer service: requests, their messages and attachments (writing.md, section 5). */
export const serviceRoutes: readonly Route[] = [
  ...ticketRoutes,
  ...messageRoutes,
  ...attachmentRoutes,
  ...ticketTypeRoutes,
  ...ticketAgentRoutes,
  ...messageAgentRoutes,
];
