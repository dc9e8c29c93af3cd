import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = resolve(import.meta.dirname, '../../src');

/** Who may import whom (design.md, section 2). Folders that are not listed may import nothing of the house. */
const allowed: Record<string, readonly string[]> = {
  sandbox: [],
  problems: [],
  formats: ['problems'],
  datatypes: ['problems'],
  config: ['problems', 'datatypes'],
  state: ['problems'],
  superoffice: ['problems', 'datatypes'],
  mapping: ['problems', 'config', 'datatypes', 'formats'],
  records: ['problems', 'datatypes', 'superoffice'],
  export: ['problems', 'config', 'datatypes', 'formats', 'mapping', 'records', 'state', 'superoffice'],
  import: ['problems', 'config', 'datatypes', 'formats', 'mapping', 'records', 'state', 'superoffice'],
  doctor: [
    'problems',
    'config',
    'datatypes',
    'formats',
    'mapping',
    'records',
    'import',
    'export',
    'state',
    'superoffice',
  ],
  history: ['problems', 'import', 'state'],
  report: ['import', 'doctor', 'export', 'history', 'problems'],
  cli: [
    'problems',
    'config',
    'datatypes',
    'formats',
    'mapping',
    'import',
    'export',
    'doctor',
    'history',
    'state',
    'superoffice',
    'report',
    'sandbox',
  ],
};

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name));
}

/** `import x from '…'`, `export … from '…'`, `import('…')`, relative ones only. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(match =>
    relative(source, resolve(dirname(file), match[1] ?? '')),
  );
}

describe('imports point one way', () => {
  it.each(Object.keys(allowed))('%s imports only what it may', folder => {
    const files = sourceFiles(join(source, folder));
    expect(files.length).toBeGreaterThan(0);
    const strangers = files.flatMap(file =>
      importsOf(file)
        .filter(target => !target.endsWith('.json'))
        .filter(target => ![folder, ...(allowed[folder] ?? [])].includes(target.split('/')[0] ?? ''))
        .map(target => `${relative(source, file)} → ${target}`),
    );
    expect(strangers).toEqual([]);
  });

  it('report knows only result types', () => {
    const strangers = sourceFiles(join(source, 'report')).flatMap(file =>
      importsOf(file).filter(target =>
        /^(?:import|export|doctor|history)\/(?!(?:undo\/)?result\.ts$)/.test(target),
      ),
    );
    expect(strangers).toEqual([]);
  });

  it('every folder of src has its rule', () => {
    expect(readdirSync(source).sort()).toEqual(Object.keys(allowed).sort());
  });
});
