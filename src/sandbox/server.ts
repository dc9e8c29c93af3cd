export interface SandboxOptions {
  /** 0 picks a free one. */
  readonly port: number;
  /** File that keeps the data; null: memory only. */
  readonly data: string | null;
  /** Added to every answer, in milliseconds. */
  readonly latency: number;
  readonly seed: 'demo' | 'empty';
}

export interface RunningSandbox {
  /** `http://127.0.0.1:PORT/Sandbox`; the REST root is `url + '/api'`. */
  readonly url: string;
  readonly tenant: 'Sandbox';
  /** The system user. */
  readonly username: string;
  readonly password: string;
  /** The ordinary user. */
  readonly ordinary: { readonly username: string; readonly password: string };
  close(): Promise<void>;
}

export declare function startSandbox(options: SandboxOptions): Promise<RunningSandbox>;
