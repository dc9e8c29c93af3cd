#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, '..', 'dist', 'load.cjs');
if (existsSync(program)) {
  const { main, runProcess } = require(program)('main');
  runProcess(main);
} else {
  process.stderr.write('sic: the program is not built yet.\n→ Run npm install in its folder (it builds).\n');
  process.exitCode = 2;
}
