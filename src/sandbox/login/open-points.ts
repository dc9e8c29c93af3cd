/** What the documents leave open about the login host, one decision each. They can be set, so that a client meets both. */
export interface LoginOpenPoints {
  /** reading.md, section 1.2: an unknown tenant is answered with 404, or with a document of state `Unknown`. */
  readonly unknownTenant: 'not-found' | 'unknown-state';
  /** reading.md, section 6.2: the HTTP status of the API of a tenant that does not run. */
  readonly stoppedStatus: number;
  /** reading.md, sections 1.2 and 2: whether the login host signs anybody in to a tenant that does not run. */
  readonly signInNeedsRunning: boolean;
  /** reading.md, section 3.1: how far the timestamp of a signed system user token may be off, either way, in seconds. */
  readonly timestampTolerance: number;
  /** reading.md, section 3.2: the HTTP status that carries `IsSuccessful: false`. */
  readonly systemUserRefusalStatus: number;
  /** reading.md, section 2.2: faults of an authorization come back as RFC 6749 says, or are shown on SuperID's own page. */
  readonly authorizeErrors: 'redirect' | 'page';
  /** reading.md, section 2.1: PKCE is said to replace the client secret, and the tables list it as required. */
  readonly secretOptionalWithPkce: boolean;
  /** reading.md, section 2.4: the HTTP status of a refused code or refresh token; 400 is that of RFC 6749. */
  readonly tokenRefusalStatus: number;
}

export const loginOpenPoints: LoginOpenPoints = {
  unknownTenant: 'not-found',
  stoppedStatus: 503,
  signInNeedsRunning: false,
  timestampTolerance: 5 * 60,
  systemUserRefusalStatus: 200,
  authorizeErrors: 'redirect',
  secretOptionalWithPkce: true,
  tokenRefusalStatus: 400,
};

/** RFC 6749, section 5.2; SuperOffice's own answer to a wrong client is open (reading.md, section 2.4). */
export const wrongClientStatus = 401;

/** reading.md, section 2.2: the status of SuperID's own error page is open. */
export const errorPageStatus = 400;

/** reading.md, section 3.3: how long the JWT of a system user holds is only said to be short; as long as an id_token (section 2.3), in seconds. */
export const tokenWindow = { before: 60, after: 300 } as const;

/** reading.md, section 2.5: the values of this claim are not listed. */
export const identityProvider = 'superid';

/** reading.md, section 2.5: the path of the SOAP root is not given. The sandbox has no SOAP. */
export const soapPath = '/Remote/Services88/';
