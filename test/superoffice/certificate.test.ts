import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { certificateEnd } from '../../src/superoffice/certificate.ts';
import { selfSigned } from '../support/certificate.ts';

test('the last day of a certificate, trusted or not; nothing where nobody answers', async () => {
  const server = createServer(selfSigned('crm.example.test'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const target = new URL(`https://127.0.0.1:${port}/SuperOffice`);
  const end = (await certificateEnd(target)) ?? 0;
  // It is good for an hour.
  expect(Math.abs(end - Date.now() - 3_600_000)).toBeLessThan(120_000);
  await new Promise(resolve => server.close(resolve));
  expect(await certificateEnd(target)).toBeNull();
});
