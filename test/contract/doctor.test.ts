import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { sic } from '../support/sic.ts';
import { operationFor, requestFaults } from './client-faults.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { readOperations } from './specification.ts';

const specification = resolve(import.meta.dirname, '../../../shared/superoffice/openapi');
const isThere = existsSync(specification);

/** Without a specification among the shared ones: the root, and the agent that refreshes caches (reading.md, 1.4 and 14.4). */
const elsewhere = new Set(['GET ', 'POST /v1/Agents/Configuration/RebuildUdefDeltas']);

it.runIf(isThere)('what sic doctor --fix sends is in the specification', async () => {
  const operations = readOperations(specification);
  const folder = await mkdtemp(join(tmpdir(), 'sic-contract-'));
  const sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'empty' });
  const proxy = await startRecordingProxy(sandbox.url);
  try {
    const auth = { type: 'basic', username: sandbox.username, password: { env: 'SIC_PASSWORD' } };
    const profiles = { test: { url: proxy.url, rate: 0, auth } };
    await writeFile(join(folder, 'sic.config.json'), JSON.stringify({ profiles }));
    const surroundings = { cwd: folder, env: { SIC_PASSWORD: sandbox.password } };
    const { exitCode } = await sic(['doctor', '--fix', '--yes'], surroundings);
    expect(exitCode).toBe(0);
    const faults = new Set<string>();
    const kinds = new Set<string>();
    for (const exchange of proxy.exchanges) {
      const call = `${exchange.method} ${exchange.path}`;
      kinds.add(call);
      if (elsewhere.has(call)) continue;
      const operation = operationFor(operations, exchange.method, exchange.path);
      for (const fault of operation ? requestFaults(operation, exchange) : ['in no document'])
        faults.add(`${call}: ${fault}`);
    }
    expect([...faults]).toEqual([]);
    for (const call of [
      'PUT /v1/Sale/UdefLayout',
      'POST /v1/Sale/UdefLayout',
      'POST /v1/Sale/UdefLayout/Publish',
    ])
      expect(kinds).toContain(call);
  } finally {
    proxy.close();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
});
