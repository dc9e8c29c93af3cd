// Keeps what V8 makes of the scripts in dist/: `node build/code-cache.cjs FOLDER`, an empty one for a try. Kept are the
// functions that an import calls when nothing has changed, and of the script for rows that have those that an update calls:
// what few runs call would only have to be loaded by all.
const { execFileSync, spawn } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');
const v8 = require('node:v8');

// Code is good for the flags that V8 had when it was kept. Those that a run sets on its way are set here at the end.
const setFlags = v8.setFlagsFromString;
const setByPool = [];
v8.setFlagsFromString = flag => setByPool.push(flag);

const dist = join(__dirname, '..', 'dist');
const bin = join(__dirname, '..', 'bin', 'sic.js');
const loadScript = require(join(dist, 'load.cjs'));
const { main, flagAtOnce } = loadScript('main');
const [folder] = process.argv.slice(2);
const command = ['import', 'company.csv', '--config', join(folder, 'sic.config.json'), '--profile', 'try'];
/** Nothing of what tells sic, where it is installed, to use another SuperOffice or a proxy. */
const own = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^SIC_|_PROXY$/i.test(name) && name !== 'NODE_OPTIONS'),
);

async function tryOut() {
  const sandbox = spawn(process.execPath, [bin, 'sandbox', '--port', '0', '--json'], {
    env: own,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const { url, username, password } = await readiness(sandbox);
    const env = { ...own, TRY_PASSWORD: password };
    const auth = { type: 'basic', username, password: { env: 'TRY_PASSWORD' } };
    writeFileSync(join(folder, 'sic.config.json'), JSON.stringify({ profiles: { try: { url, auth } } }));
    writeFileSync(join(folder, 'company.csv'), 'CompUserKey01;Name\nC-1;Company 1\nC-2;Company 2\n');
    execFileSync(process.execPath, [bin, ...command], { cwd: folder, env, stdio: 'pipe' });
    for (const how of [[], ['--json']]) await runHere([...command, ...how], env);
    writeFileSync(join(folder, 'company.csv'), 'CompUserKey01;Name\nC-1;Company 1\nC-2;Company Two\n');
    await runHere(command, env);
    keepCode();
  } finally {
    sandbox.kill();
  }
}

/** With the flags that each script is loaded with: the first one sets a flag before it loads others, and so does the pool. */
function keepCode() {
  keepCodeOf('main');
  if (flagAtOnce !== null) setFlags(flagAtOnce);
  keepCodeOf('import');
  keepCodeOf('pool');
  for (const flag of setByPool) setFlags(flag);
  keepCodeOf('work');
}

function keepCodeOf(name) {
  writeFileSync(join(dist, loadScript.codeFile(name)), loadScript.scripts.get(name).createCachedData());
}

async function readiness({ stdout }) {
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line);
  throw new Error('The sandbox did not start.');
}

async function runHere(argv, env) {
  const quiet = { write: () => {}, isTTY: false, columns: 80 };
  const signal = new AbortController().signal;
  const { stdin } = process;
  const exitCode = await main(argv, {
    env,
    cwd: folder,
    stdin,
    stdout: quiet,
    stderr: quiet,
    now: Date.now,
    signal,
  });
  if (exitCode !== 0) throw new Error(`sic ${argv.join(' ')} ended with ${exitCode}.`);
}

tryOut().then(() => process.exit());
