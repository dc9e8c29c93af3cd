import * as delta from './delta.mjs';
import * as startUp from './start-up.mjs';

/** By the names that the command line knows, in the order in which they are measured. */
export const parts = { 'start-up': startUp, delta };
