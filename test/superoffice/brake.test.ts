import { afterEach, expect, test } from 'vitest';
import { SicError } from '../../src/problems/sic-error.ts';
import type { Call } from '../../src/superoffice/call.ts';
import { openHttp } from './open-http.ts';
import { type Script, type ScriptedAnswer, startServer } from './scripted-server.ts';

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

const reason = new SicError('brake', 'enough');

async function serve(script: Script, before: (requests: number, pull: () => void) => void = () => {}) {
  const controller = new AbortController();
  const pull = (): void => controller.abort(reason);
  const server = await startServer(script);
  const brake = { signal: controller.signal, before: (requests: number) => before(requests, pull) };
  const opened = await openHttp(server.root, { brake, concurrency: 1 });
  cleanUp.push(server.close, () => opened.http.close());
  return { ...opened, server, pull };
}

const patch = (id: number): Call => ({ kind: 'repeatable', method: 'PATCH', path: `/v1/Thing/${id}` });
const key: Call = { kind: 'repeatable', completes: true, method: 'PUT', path: '/v1/Key' };

test('what waits for its turn is not sent any more; what runs is answered, what completes it is sent', async () => {
  let pullBrake = (): void => {};
  const { http, server, pull } = await serve(() => {
    pullBrake();
    return { body: {} };
  });
  pullBrake = pull;
  const running = http.send(patch(1));
  const waiting = [http.send(patch(2)), http.send(patch(3))];
  const completing = http.send(key);
  for (const one of waiting) await expect(one).rejects.toBe(reason);
  await Promise.all([running, completing]);
  await expect(http.send(patch(4))).rejects.toBe(reason);
  expect(server.log.map(({ path }) => path.replace(/^.*\/v1/, ''))).toEqual(['/Thing/1', '/Key']);
});

test('a request that is certainly not done is not tried again, one whose answer was lost is', async () => {
  let pullBrake = (): void => {};
  const answers: ScriptedAnswer[] = [{ cut: 'before' }, { body: {} }];
  const lost = await serve((_request, turn) => {
    pullBrake();
    return answers[turn - 1] ?? {};
  });
  pullBrake = lost.pull;
  // Whether it was done is found out by doing it again.
  await lost.http.send(patch(1));
  expect(lost.server.log).toHaveLength(2);

  const refused = await serve(() => {
    pullBrake();
    return { status: 429 };
  });
  pullBrake = refused.pull;
  await expect(refused.http.send(patch(2))).rejects.toBe(reason);
  expect(refused.server.log).toHaveLength(1);
});

test('the brake is asked before each request, and told how many there were', async () => {
  const { http, server } = await serve(
    () => ({ body: {} }),
    (requests, pull) => {
      if (requests >= 2) pull();
    },
  );
  const sent = [http.send(patch(1)), http.send(key), http.send(patch(2))];
  await Promise.all(sent.slice(0, 2));
  await expect(sent[2]).rejects.toBe(reason);
  expect(server.log).toHaveLength(2);
});
