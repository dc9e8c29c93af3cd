// Has V8 keep what it makes of the scripts in dist/: `node build/code-cache.cjs FOLDER`. Runs imports, as every import
// runs, in FOLDER, which is empty; the functions that they called are kept with the scripts.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const v8 = require('node:v8');

// Code is kept for the flags that V8 had when it was made, and is to be loaded before any is set.
v8.setFlagsFromString = () => {};

const dist = join(__dirname, '..', 'dist');
const loadScript = require(join(dist, 'load.cjs'));
const { main } = loadScript('main');
const [folder] = process.argv.slice(2);

/** Runs sic in the folder. @param told is given what it writes on standard output */
function sic(argv, env, told) {
  const stream = write => ({ write, isTTY: false, columns: 80 });
  return main(argv, {
    env,
    cwd: folder,
    stdin: process.stdin,
    stdout: stream(told),
    stderr: stream(text => process.stderr.write(text)),
    now: Date.now,
    signal: new AbortController().signal,
  });
}

async function warmUp() {
  const sandbox = await new Promise((resolve, reject) => {
    sic(['sandbox', '--port', '0', '--json'], {}, text => resolve(JSON.parse(text))).then(reject);
  });
  const { url, username, password } = sandbox;
  const auth = { type: 'basic', username, password: { env: 'PASSWORD' } };
  writeFileSync(
    join(folder, 'sic.config.json'),
    JSON.stringify({ profiles: { here: { url, auth, rate: 0 } } }),
  );
  const rows = Array.from({ length: 50 }, (_, row) => `C-${row};Company ${row};Sales\n`);
  writeFileSync(join(folder, 'company.csv'), `CompUserKey01;Name;Department\n${rows.join('')}`);
  for (const flags of [[], [], ['--json']]) {
    const exitCode = await sic(['import', 'company.csv', ...flags], { PASSWORD: password }, () => {});
    if (exitCode !== 0) throw new Error(`The import ended with ${exitCode}.`);
  }
}

warmUp().then(() => {
  for (const [name, script] of loadScript.scripts)
    writeFileSync(join(dist, loadScript.codeFile(name)), script.createCachedData());
  process.exit();
});
