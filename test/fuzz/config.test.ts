import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsonText } from '../../src/config/json-text.ts';
import { loadConfig } from '../../src/config/load.ts';
import { put } from '../formats/files.ts';
import { folderOfFile } from '../support/folders.ts';
import { damaged } from './mutations.ts';
import { expectTold } from './outcome.ts';
import { patience, tries } from './tries.ts';

const folder = folderOfFile();
const name = 'sic.config.json';

const full = {
  integrationId: '17PS01010001',
  profiles: {
    crm: {
      url: 'https://crm.example.com/SuperOffice',
      auth: { type: 'basic', username: 'SIC', password: { env: 'X' } },
      rate: 5,
    },
  },
  mappings: [
    {
      match: 'kunder*.csv',
      datatype: 'Company',
      csv: { separator: ';' },
      dates: ['dd-MM-yyyy'],
      fields: { Navn: 'Name', Land: { to: 'CountryName', values: { DK: 'Denmark' } } },
      constants: { Category: 'Customer' },
    },
  ],
  lists: { Category: { missing: 'add' } },
  searches: {
    A: {
      datatype: 'Company',
      fields: ['Name', { Year: 'year(CreatedDate)' }],
      where: ['Name=A;City=B'],
      cache: '1h',
    },
  },
  history: { keepDays: 365 },
  brakes: { maxErrors: '2.5%', deadline: '05:30' },
  timeZone: 'Europe/Oslo',
};

async function loadOrRefuse(text: string | Uint8Array): Promise<void> {
  const file = put(folder, name, text);
  try {
    await loadConfig({ file, cwd: folder });
  } catch (error) {
    expectTold(error, 'config');
    // A secret that stands in the wrong place is never shown, as long as its name says that it is one.
    const isNamed = !/(?<!word["'\s:]*)hunter2/.test(text.toString());
    if (isNamed) expect(`${error.message} ${error.detail} ${error.hint}`).not.toContain('hunter2');
  }
}

const tokens = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"',
  '\\',
  '\n',
  ' ',
  '\t',
  '//',
  '/*',
  '*/',
  '#',
  "'",
  'null',
  'true',
  'True',
  '01',
  '1.',
  '-',
  '"a":1,',
  '"__proto__":{},',
  '"constructor":1,',
  '"password":"hunter2",',
  '[[',
  '{"a":',
  '\\u00',
  '1e999',
];
const documents = fc.constantFrom(
  JSON.stringify(full),
  JSON.stringify(full, null, 2),
  '{}',
  '// nothing\n{ /* "a" */ }',
  '',
);

describe('config', () => {
  test('any bytes are a config or a refusal', { timeout: patience }, async () => {
    await fc.assert(fc.asyncProperty(damaged(documents, tokens), loadOrRefuse), { numRuns: tries(150) });
  });

  test('any values in any place are a config or a refusal', { timeout: patience }, async () => {
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown[]>(
        '',
        'constructor',
        0,
        -1,
        1e308,
        '1:2',
        '99%',
        '*'.repeat(60),
        'year(',
        "'",
        'Europe/Nowhere',
        '../..',
        'http://x',
        'https://[',
        null,
        [],
        {},
      ),
    );
    const change = fc.tuple(fc.nat(), values, fc.constantFrom('replace', 'add', 'rename'));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async changes => {
        await loadOrRefuse(
          JSON.stringify(
            changes.reduce<unknown>((config, [at, value, how]) => changed(config, at, value, how), full),
          ),
        );
      }),
      { numRuns: tries(150) },
    );
  });

  test.each([
    '[',
    '{"a":',
    '"',
    '\\',
    '/*',
    '*',
    '/',
    ' ',
    '\n',
    '//',
    ',',
    ':',
    'a',
    '1',
    '"a":1,',
    '{},',
    '"\\',
    "'",
    'pass',
    '"pass" ',
    'pass: ',
    '"token":"',
    '/* */',
    '\ud83d\ude00',
  ])('fifty thousand characters of %j', { timeout: patience }, async piece => {
    for (const before of ['', '{', '{"a":', '{"a":"', '/*', '{"searches":{"A":{"where":"Name=', '{"a":1 '])
      for (const behind of ['', '}', '"}', '*/{}', '\n}'])
        await loadOrRefuse(before + piece.repeat(50_000 / piece.length) + behind);
  });

  test('what is far too large is no config', async () => {
    await loadOrRefuse(`{"a":"${'*'.repeat(16_000_000)}`);
  });

  test('a name that is no property of its own object stays a name', () => {
    const parsed = parseJsonText('{"__proto__": {"polluted": 1}, "constructor": 2}');
    expect(parsed).toMatchObject({ ok: true });
    expect(Reflect.get({}, 'polluted')).toBe(undefined);
  });
});

/** Changes one of the values in a config, counted through all of it. */
function changed(config: unknown, at: number, value: unknown, how: string): unknown {
  const copy: unknown = structuredClone(config);
  const holders: [object, string][] = [];
  const visit = (holder: unknown): void => {
    if (typeof holder !== 'object' || holder === null) return;
    for (const [key, inner] of Object.entries(holder)) {
      holders.push([holder, key]);
      visit(inner);
    }
  };
  visit(copy);
  const [holder, key] = holders[at % Math.max(1, holders.length)] ?? [null, ''];
  if (holder === null) return copy;
  if (how === 'replace') Reflect.set(holder, key, value);
  else if (how === 'add') Reflect.set(holder, typeof value === 'string' ? value : 'more', value);
  else {
    const was: unknown = Reflect.get(holder, key);
    Reflect.deleteProperty(holder, key);
    Reflect.set(holder, `${key}x`, was);
  }
  return copy;
}
