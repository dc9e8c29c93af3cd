import { setFlagsFromString } from 'node:v8';
import request from 'undici/lib/api/api-request.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import Pool from 'undici/lib/dispatcher/pool.js';

// As undici's index does it, with the one way of asking that is used here.
Object.assign(Dispatcher.prototype, { request });

// undici reads answers with WebAssembly whose one function is so large that the first answer has V8 compile it anew, with
// all optimisations: a tenth of a second that the end of the process waits for. Now some hundred answers do; a run that has
// so many does not notice. What was loaded before keeps V8's own measure.
// Node 20 to 24; a flag that V8 does not know would be told on standard error.
if (Number.parseInt(process.versions.v8, 10) <= 13) setFlagsFromString('--wasm-tiering-budget=200000000');

export { Pool };
