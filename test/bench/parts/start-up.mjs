import { atMost } from '../goals.mjs';
import { inTurn, ran, ratio, yardstickPath } from '../measure.mjs';
import { sic } from '../sandbox-process.mjs';

export const summary = 'how long sic --version and --help take, beside an empty Node process';

export async function* run({ rounds }) {
  const node =
    (...args) =>
    async () =>
      (await ran(process.execPath, args)).seconds;
  // Short runs scatter more than long ones.
  const seconds = await inTurn(rounds * 4, {
    '--version': node(sic, '--version'),
    '--help': node(sic, '--help'),
    'import --help': node(sic, 'import', '--help'),
    'empty process': node(yardstickPath('empty')),
  });
  yield ratio(seconds, '--version', 'empty process', { goal: atMost(1.5) });
  yield ratio(seconds, '--help', 'empty process', { goal: atMost(2) });
  yield ratio(seconds, 'import --help', 'empty process');
}
