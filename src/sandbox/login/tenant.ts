/** What a tenant can be, with the number SuperOffice gives it (reading.md, section 1.2). */
export const tenantStates = {
  Unknown: 0,
  Provisioning: 1,
  Running: 2,
  Deleted: 3,
  Suspended: 4,
  OnlineMaintenance: 5,
  OfflineMaintenance: 6,
  ProvisioningFailed: 8,
  Deleting: 10,
  DeleteFailed: 11,
  MigrationPending: 12,
} as const;

export type TenantState = keyof typeof tenantStates;

/**
 * The one tenant of a sandbox: how it is and where its API lives. Login host and API are one door until the API moves;
 * then they are two, as in the clouds of SuperOffice (reading.md, section 1.1).
 */
export class Tenant {
  readonly name: string;
  state: TenantState;
  /** null: one port serves both. */
  #ports: { readonly login: number; readonly api: number } | null = null;

  constructor(name: string, state: TenantState = 'Running') {
    this.name = name;
    this.state = state;
  }

  /** The API answers in these states only. */
  get isRunning(): boolean {
    return this.state === 'Running' || this.state === 'OnlineMaintenance';
  }

  /** From now on the API answers at `api` only; the login host stays at `login`. */
  moveApi(login: number, api: number): void {
    this.#ports = { login, api };
  }

  isLoginHost(port: number): boolean {
    return this.#ports === null || this.#ports.login === port;
  }

  isApiHost(port: number): boolean {
    return this.#ports === null || this.#ports.api === port;
  }

  /** `http://127.0.0.1:PORT/Sandbox` for a caller that reached the login host under `host` (name and port). */
  address(host: string): string {
    const apiHost = this.#ports === null ? host : `${host.replace(/:\d+$/, '')}:${this.#ports.api}`;
    return `http://${apiHost}/${this.name}`;
  }

  /** Tenant names are compared without regard to case, as paths are. */
  isNamed(name: string): boolean {
    return name.toLowerCase() === this.name.toLowerCase();
  }
}
