import type { KeyRing } from './key-ring.ts';
import type { Registration } from './registration.ts';
import { privateKeyXml } from './rsa.ts';

/** What the Developer Portal tells the owner of an application, and the tenant's system user token. */
export interface RegisteredApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `Sandbox App-xxxxxxxxxx`. */
  readonly systemUserToken: string;
  /** PKCS #8. The pair is made when it is first asked for, in about a tenth of a second. */
  readonly privateKeyPem: string;
  /** `<RSAKeyValue>` of .NET. */
  readonly privateKeyXml: string;
}

export function registeredApp(registration: Registration, keys: KeyRing): RegisteredApp {
  const { clientId, clientSecret, systemUserToken } = registration;
  return {
    clientId,
    clientSecret,
    systemUserToken,
    get privateKeyPem() {
      return keys.privateKey('application').export({ type: 'pkcs8', format: 'pem' }).toString();
    },
    get privateKeyXml() {
      return privateKeyXml(keys.privateKey('application'));
    },
  };
}
