import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findInputFile } from '../../src/formats/input-file.ts';
import { openZip } from '../../src/formats/zip/archive.ts';
import { temporaryFolder } from '../support/folders.ts';
import { refusal } from '../support/refusal.ts';
import { contentOf, openBytes, rawZip, unpackAll, zipOf } from './zips.ts';

const companies = 'CompUserKey01;Name\n1;Ærø Bådværft\n';
const orders = Array.from({ length: 20_000 }, (_, i) => `${i};order ${i * 7919};Ø\n`).join('');
const password = 'hunter 2';

describe('what programs write', () => {
  test.each([
    ['deflate', {}],
    ['store', { level: 0 }],
    ['sizes before the data', { dataDescriptor: false }],
    ['zip64', { zip64: true }],
    ['ZipCrypto', { password, zipCrypto: true }],
    ['ZipCrypto, stored', { password, zipCrypto: true, level: 0 }],
    ['AES-128', { password, encryptionStrength: 1 }],
    ['AES-192', { password, encryptionStrength: 2 }],
    ['AES-256', { password, encryptionStrength: 3 }],
    ['AES-256, stored', { password, encryptionStrength: 3, level: 0 }],
  ] as const)('%s', async (_name, options) => {
    const files = { 'companies.csv': companies, 'below/orders.csv': orders, 'empty.csv': '' };
    const archive = await openBytes(await zipOf(files, options), { password });
    const encrypted = 'password' in options;
    expect(archive.entries).toEqual([
      { name: 'companies.csv', size: Buffer.byteLength(companies), encrypted },
      { name: 'below/orders.csv', size: Buffer.byteLength(orders), encrypted },
      // Some programs have nothing to encrypt in an empty file.
      { name: 'empty.csv', size: 0, encrypted: expect.any(Boolean) },
    ]);
    expect(await unpackAll(archive)).toEqual(Object.entries(files));
  });

  test('an archive of nothing', async () => {
    expect((await openBytes(rawZip([]))).entries).toEqual([]);
  });

  test('bytes before the archive, as in one that unpacks itself, and a comment behind it', async () => {
    const bytes = await zipOf({ 'companies.csv': companies });
    const comment = Buffer.from('packed by night');
    bytes.writeUInt16LE(comment.length, bytes.length - 2);
    const moved = Buffer.concat([Buffer.from('#!/bin/sh\nexit\n'), bytes, comment]);
    expect(await unpackAll(await openBytes(moved))).toEqual([['companies.csv', companies]]);
  });

  test('an archive within the archive is a file like any other', async () => {
    const inner = await zipOf({ 'companies.csv': companies });
    const archive = await openBytes(await zipOf({ 'inner.zip': inner }, { level: 0 }));
    const [entry] = archive.entries;
    if (!entry) throw new Error('no entry');
    const within = await openZip(await archive.unpack(entry), { password: async () => null });
    expect(await unpackAll(within)).toEqual([['companies.csv', companies]]);
    const [last] = within.entries;
    if (last) expect((await within.unpack(last)).label).toBe('orders.zip/inner.zip/companies.csv');
    await within.close();
  });

  test('folders and the droppings of macOS and Windows are left out', async () => {
    const files = {
      'export/': '',
      'export/companies.csv': companies,
      '__MACOSX/export/._companies.csv': '\0\x05\x16\x07',
      'export/._companies.csv': '\0\x05\x16\x07',
      'export/.DS_Store': '\0\0\0\x01Bud1',
      'export/Thumbs.db': '\xd0\xcf',
      'desktop.ini': '[.ShellClassInfo]',
      'export/.DS_Store.csv': 'Key\n',
    };
    const { entries } = await openBytes(await zipOf(files));
    expect(entries.map(({ name }) => name)).toEqual(['export/companies.csv', 'export/.DS_Store.csv']);
  });
});

describe('what is unpacked', () => {
  test('is a file of its own: read twice, after the archive is closed, until it is discarded', async () => {
    const archive = await openBytes(await zipOf({ 'companies.csv': companies, 'orders.csv': orders }));
    const [first, second] = await Promise.all(archive.entries.map(entry => archive.unpack(entry)));
    if (!first || !second) throw new Error('two entries');
    expect([first.label, second.label]).toEqual(['orders.zip/companies.csv', 'orders.zip/orders.csv']);
    await archive.close();
    await archive.close();
    const before = first.open();
    expect(contentOf(first).toString()).toBe(companies);
    expect(contentOf(first).toString()).toBe(companies);
    first.discard();
    first.discard();
    expect(() => before.read(Buffer.alloc(1), 0, 1, 0)).toThrow('discarded');
    expect(contentOf(second).toString()).toBe(orders);
    second.discard();
  });

  test('an archive that is written to meanwhile says so', async () => {
    const path = join(await temporaryFolder(), 'orders.zip');
    const bytes = await zipOf({ 'companies.csv': companies, 'orders.csv': orders });
    writeFileSync(path, bytes);
    const archive = await openZip(await findInputFile(path, 'orders.zip'), { password: async () => null });
    const [first, second] = archive.entries;
    if (!first || !second) throw new Error('two entries');
    writeFileSync(path, bytes.subarray(0, 100));
    for (const entry of [first, second])
      expect((await refusal(archive.unpack(entry))).message).toBe(
        'orders.zip was changed while it was being read.',
      );
    await archive.close();
  });

  test('the password is asked for once, and only when it is needed', async () => {
    let asked = 0;
    const settings = {
      password: async () => {
        asked++;
        return password;
      },
    };
    const path = join(await temporaryFolder(), 'orders.zip');
    writeFileSync(path, await zipOf({ 'companies.csv': companies }));
    const plain = await openZip(await findInputFile(path, 'orders.zip'), settings);
    await unpackAll(plain);
    await plain.close();
    expect(asked).toBe(0);
    writeFileSync(path, await zipOf({ 'a.csv': companies, 'b.csv': orders }, { password }));
    const locked = await openZip(await findInputFile(path, 'orders.zip'), settings);
    expect(asked).toBe(0);
    await unpackAll(locked);
    await unpackAll(locked);
    await locked.close();
    expect(asked).toBe(1);
  });
});
