import type { Answer } from '../http/exchange.ts';
import { type LoginOpenPoints, wrongClientStatus } from './open-points.ts';

/** Error codes of RFC 6749, section 5.2. What SuperOffice itself answers is open (reading.md, section 2.4). */
export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type';

/** A token request that is refused. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';
  readonly code: TokenErrorCode;

  constructor(code: TokenErrorCode, description: string) {
    super(description);
    this.code = code;
  }
}

export function tokenRefusalAnswer(
  { code, message }: TokenRefusal,
  { tokenRefusalStatus }: LoginOpenPoints,
): Answer {
  return {
    status: code === 'invalid_client' ? wrongClientStatus : tokenRefusalStatus,
    json: { error: code, error_description: message },
    headers: { 'cache-control': 'no-store' },
  };
}
