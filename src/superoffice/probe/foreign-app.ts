import { isObject, numberOf } from '../json.ts';
import type { Bench } from './bench.ts';

/** An application of foreign keys with one device, beside the one that sic uses. Answers the address of the device. */
export async function makeForeignDevice(
  bench: Bench,
): Promise<{ readonly app: string; readonly path: string }> {
  const app = bench.mark;
  const name = encodeURIComponent(app);
  const appPath = `/v1/ForeignApp/${name}`;
  await bench.makeOther(
    'ForeignApp',
    () => bench.send({ kind: 'create', method: 'POST', path: appPath }),
    made => [isObject(made) ? numberOf(made, 'ForeignAppId') : 0, appPath],
  );
  const path = `${appPath}/${name}/${name}`;
  await bench.makeOther(
    'ForeignDevice',
    () => bench.send({ kind: 'create', method: 'POST', path }),
    made => [isObject(made) ? numberOf(made, 'ForeignDeviceId') : 0, path],
  );
  return { app, path };
}
