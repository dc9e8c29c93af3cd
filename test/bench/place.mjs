import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ran, timed } from './measure.mjs';
import { sic, startSandbox } from './sandbox-process.mjs';

/**
 * A folder with an embedded SuperOffice of its own, and a config with two profiles: `bench` signs in with a password, `job`
 * as the system user of an application.
 */
export class Place {
  #sandbox;
  #env;

  /** @param sandbox started by `sandboxIn(folder)` */
  constructor(folder, sandbox) {
    this.folder = folder;
    this.#sandbox = sandbox;
    const { url, username, password, login, clientId, clientSecret, systemUserToken } = sandbox;
    const secrets = { BENCH_PASSWORD: password, BENCH_SECRET: clientSecret, BENCH_TOKEN: systemUserToken };
    this.#env = { ...process.env, ...secrets };
    const speed = { rate: 0, concurrency: 8 };
    const profiles = {
      bench: { ...speed, url, auth: { type: 'basic', username, password: { env: 'BENCH_PASSWORD' } } },
      job: {
        ...speed,
        environment: 'sod',
        tenant: 'Sandbox',
        login,
        auth: {
          type: 'system-user',
          clientId,
          clientSecret: { env: 'BENCH_SECRET' },
          systemUserToken: { env: 'BENCH_TOKEN' },
          privateKey: { file: 'system-user.pem' },
        },
      },
    };
    writeFileSync(this.path('sic.config.json'), JSON.stringify({ defaultProfile: 'bench', profiles }));
  }

  /** Makes the folder when it is not there. */
  static sandboxIn(folder, ...flags) {
    mkdirSync(folder, { recursive: true });
    return startSandbox('--keys', join(folder, 'system-user.pem'), ...flags);
  }

  path(name) {
    return join(this.folder, name);
  }

  /** Runs sic here. Throws when it ends with another exit code than 0. */
  async sic(...args) {
    const measured = await timed(sic, [...args, '--json'], { cwd: this.folder, env: this.#env });
    if (measured.code !== 0)
      throw new Error(`sic ${args.join(' ')}: exit code ${measured.code}\n${measured.stdout.slice(0, 2000)}`);
    return { ...measured, document: JSON.parse(measured.stdout) };
  }

  /** Imports a file with a memory of its own (a state folder of that name), and changes as many records as it takes. */
  import(name, state, ...flags) {
    return this.sic('import', name, '--state-dir', state, '--max-changes', '100%', ...flags);
  }

  /** Runs sic here. @returns the folder with a profile of its processor time */
  async profiled(...args) {
    const folder = this.path('profile');
    rmSync(folder, { recursive: true, force: true });
    const flags = ['--cpu-prof', '--cpu-prof-dir', folder, sic, ...args, '--json'];
    const { code } = await ran(process.execPath, flags, { cwd: this.folder, env: this.#env });
    if (code !== 0) throw new Error(`sic ${args.join(' ')}: exit code ${code}`);
    return folder;
  }

  async close() {
    await this.#sandbox.stop();
  }
}

/** A measurement of something else than was meant is worth nothing. */
export function expectCounts({ document }, expected) {
  for (const [name, count] of Object.entries(expected))
    if (document.counts[name] !== count)
      throw new Error(`Not ${count} ${name}: ${JSON.stringify(document.counts)}`);
}
