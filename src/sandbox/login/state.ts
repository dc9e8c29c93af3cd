import { release } from '../http/documents.ts';
import { type Answer, ok } from '../http/exchange.ts';
import { notFound } from '../http/refusals.ts';
import type { LoginHandler } from './request.ts';

/** `GET /api/state/{tenant}`, for which nobody signs in (reading.md, section 1.2). */
export const tenantState: LoginHandler = (request, { tenant, openPoints, lifetimes }) => {
  const name = request.parameters.tenant ?? '';
  const validUntil = new Date(request.now.getTime() + lifetimes.state * 1000).toISOString();
  if (!tenant.isNamed(name))
    return openPoints.unknownTenant === 'not-found' ? notFound(request.url) : unknown(name, validUntil);
  const address = tenant.address(request.host);
  return ok({
    ContextIdentifier: tenant.name,
    Endpoint: address,
    State: tenant.state,
    IsRunning: tenant.isRunning,
    ValidUntil: validUntil,
    Api: `${address}/api`,
    Version: release,
  });
};

function unknown(name: string, validUntil: string): Answer {
  return ok({
    ContextIdentifier: name,
    Endpoint: null,
    State: 'Unknown',
    IsRunning: false,
    ValidUntil: validUntil,
    Api: null,
    Version: null,
  });
}
