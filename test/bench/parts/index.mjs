import * as bulk from './bulk.mjs';
import * as delta from './delta.mjs';
import * as firstRun from './first-run.mjs';
import * as formats from './formats.mjs';
import * as limiter from './limiter.mjs';
import * as memory from './memory.mjs';
import * as requests from './requests.mjs';
import * as sandbox from './sandbox.mjs';
import * as startUp from './start-up.mjs';
import * as throughput from './throughput.mjs';

/** By the names that the command line knows, in the order in which they are measured. */
export const parts = {
  'start-up': startUp,
  sandbox,
  requests,
  bulk,
  throughput,
  limiter,
  delta,
  'first-run': firstRun,
  formats,
  memory,
};
