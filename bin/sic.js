#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.js', import.meta.url);
if (existsSync(program)) {
  const { main, runProcess } = await import(program.href);
  await runProcess(main);
} else {
  process.stderr.write('sic: the program is not built yet.\n→ Run npm install in its folder (it builds).\n');
  process.exitCode = 2;
}
