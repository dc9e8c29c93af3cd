import { appendFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BlockPorts, KnownBlock } from '../../../src/formats/blocks/block.ts';
import { openRecords } from '../../../src/formats/open.ts';
import { folderOfFile } from '../../support/folders.ts';
import { refusal } from '../../support/refusal.ts';
import { put } from '../files.ts';
import { finding, hasher } from './cutting.ts';

const folder = folderOfFile();
const line = (n: number, length: number): string => `${n}`.padStart(length - 1, '0').concat('\n');

describe('an opened file', () => {
  const ports = (known: readonly KnownBlock[] = []): BlockPorts => ({ hasher, known: () => finding(known) });
  const settings = { separator: null, encoding: null, label: 'x' };

  test('tells the ordinal of each record of a block', async () => {
    const files = {
      'a.csv': 'Key;Name\n\n1;"a\nb"\n2;c\n\n\n3;d\n4;"\n\n"\n5;e',
      'a.ndjson': '\n{"a":1}\n\n\n{"a":2}\n{"a":3}',
      'a.json': '[{"a":1},\n\n{"a":2}\n,{"a":3}]',
      'a.xml': '<Companies>\n<Company/>\n<!-- -->\n<Company><Name/></Company>\n</Companies>',
    };
    for (const [name, text] of Object.entries(files)) {
      const opened = await openRecords(put(folder, name, text), { ...settings, blocks: ports() });
      const ordinals: number[] = [];
      for await (const { count, ordinal } of opened.batches()) ordinals.push(...ordinal.subarray(0, count));
      const found = opened.blocks?.list.flatMap(({ records }, block) =>
        Array.from({ length: records }, (_, nth) => opened.ordinalIn(block, nth)),
      );
      expect(found).toEqual(ordinals);
      expect(found?.length).toBeGreaterThan(1);
    }
  });

  test('is cut only when it is asked for, and not in UTF-16', async () => {
    const path = put(folder, 'b.csv', 'Key\n1\n');
    expect((await openRecords(path, settings)).blocks).toBeNull();
    const wide = put(folder, 'c.csv', Buffer.from('\ufeffKey\n1\n', 'utf16le'));
    expect((await openRecords(wide, { ...settings, blocks: ports() })).blocks).toBeNull();
  });

  test('that is written to while its known blocks are passed over is refused', async () => {
    const text = `Key\n${Array.from({ length: 2000 }, (_, n) => line(n, 64)).join('')}`;
    const path = put(folder, 'd.csv', text);
    const first = await openRecords(path, { ...settings, blocks: ports() });
    const known = first.blocks?.list.map(block => ({ ...block, columns: ['Key'] })) ?? [];
    const written: BlockPorts = {
      hasher,
      known: () => {
        appendFileSync(path, 'more\n');
        return finding(known);
      },
    };
    const error = await refusal(openRecords(path, { ...settings, blocks: written }));
    expect(error.message).toBe('x was changed while it was being read.');
  });

  test('tells damage of text, in what is new and only there', async () => {
    const text = (tail: string): Buffer =>
      Buffer.from(`Key\n${Array.from({ length: 1000 }, (_, n) => line(n, 64)).join('')}${tail}`, 'latin1');
    const first = await openRecords(put(folder, 'e.csv', text('')), { ...settings, blocks: ports() });
    const known = first.blocks?.list.map(block => ({ ...block, columns: ['Key'] })) ?? [];
    for (const [tail, says] of [
      ['\xe6\n', 'UTF-8'],
      ['a\0b\n', 'zero'],
    ] as const) {
      const path = put(folder, 'e.csv', text(tail));
      const plain = await refusal(openRecords(path, settings));
      const error = await refusal(openRecords(path, { ...settings, blocks: ports(known) }));
      expect(error.message).toBe(plain.message);
      expect(error.message).toContain(says);
    }
  });

  test('has blocks of its own where something else around its records is another one', async () => {
    const files = [
      'Key\n1\n',
      'Key\r1\r',
      '<A><C/></A>',
      '<B><C/></B>',
      '<A xmlns="b"><C/></A>',
      '[{}]',
      '{}\n',
    ];
    const layouts = new Set<string>();
    for (const text of files) {
      const opened = await openRecords(put(folder, 'g', text), { ...settings, blocks: ports() });
      layouts.add(opened.blocks?.layout ?? '');
    }
    expect(layouts.size).toBe(files.length);
  });

  test('has other rules for its rows when its header ends with a separator', async () => {
    const layouts = [];
    for (const text of ['Key;Name\n1;2\n', 'Key;Name;\n1;2;\n'])
      layouts.push((await openRecords(put(folder, 'f.csv', text), settings)).layout);
    expect(layouts[0]).not.toBe(layouts[1]);
  });
});
