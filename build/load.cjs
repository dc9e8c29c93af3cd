const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { Script } = require('node:vm');

/** By name, once they ran. */
const exported = new Map();
/** By name: for the build, which keeps what V8 makes of them. */
const scripts = new Map();

/**
 * Runs a script of this folder once and answers what it exports. What V8 made of it when it was built spares V8 to
 * do it again; where that was another V8, or one with other flags, V8 says so and compiles it as ever.
 */
function loadScript(name) {
  if (!exported.has(name)) {
    const path = join(__dirname, `${name}.script.js`);
    const url = pathToFileURL(path).href;
    const script = new Script(readFileSync(path, 'latin1'), {
      filename: url,
      cachedData: keptCode(name),
    });
    scripts.set(name, script);
    const module = { exports: {} };
    script.runInThisContext()(loadScript, obtain, url, module, require);
    exported.set(name, module.exports);
  }
  return exported.get(name);
}

/** `import()` for scripts: Node calls one of their own an experiment. */
function obtain(specifier) {
  return import(specifier);
}

function keptCode(name) {
  try {
    return readFileSync(join(__dirname, codeFile(name)));
  } catch {
    return undefined;
  }
}

/** What V8 makes of a script holds for one version on one kind of processor. */
function codeFile(name) {
  return `${name}-${process.version}-${process.arch}.code`;
}

module.exports = loadScript;
module.exports.scripts = scripts;
module.exports.codeFile = codeFile;
