// Required by a measured process: tells its peak memory (KiB) on file descriptor 3 as it ends. Not a module, since Node would
// load what loads modules for it.
const { writeSync } = require('node:fs');

process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));
