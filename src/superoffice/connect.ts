import type { SuperOffice } from './superoffice.ts';

export interface ConnectOptions {
  /** Root of the installation without `/api`, no trailing slash: `https://crm.example.com/SuperOffice`. */
  readonly root: string;
  /** Value of the Authorization header. */
  readonly authorization: string;
  /** Requests per second; 0: no limit. */
  readonly rate: number;
  /** Requests in flight. */
  readonly concurrency: number;
  /** For HTTP_PROXY, HTTPS_PROXY, NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told about every wait and retry. */
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
}

export declare function connect(options: ConnectOptions): Promise<SuperOffice>;
