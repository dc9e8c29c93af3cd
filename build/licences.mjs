import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The licences of the packages whose files went into a build, one after the other: whoever has dist/ has them too. */
export function licencesOf({ inputs }) {
  const folders = new Set(Object.keys(inputs).flatMap(file => packageFolder(file) ?? []));
  return [...folders]
    .sort()
    .map(licenceIn)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** null: the file is of no package. */
function packageFolder(file) {
  if (!file.includes('node_modules/')) return null;
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json')) || !nameIn(folder)) folder = dirname(folder);
  return folder;
}

/** Packages have package.json files without a name inside, which only say what kind of modules they hold. */
function nameIn(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name;
}

function licenceIn(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each));
  const text = file
    ? readFileSync(join(folder, file), 'utf8').trim()
    : 'No licence text comes with the package.';
  return `${name} ${version} (${license})\n\n${text}\n`;
}
