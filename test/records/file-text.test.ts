import { expect, test } from 'vitest';
import { fileName } from '../../src/records/file-name.ts';
import { fileLine, fileText } from '../../src/records/file-text.ts';

test.each([
  ['plain', 'plain'],
  ['  outer blanks \r\n', 'outer blanks'],
  ['one\r\ntwo\rthree\vfour\ffive\u0085six', 'one\ntwo\nthree\nfour\nfive\nsix'],
  ['a\ttab stays', 'a\ttab stays'],
  ['a bell\u0007rings', 'a bell rings'],
  ['\0', ''],
  ['half \ud83d of 😀', 'half \ufffd of 😀'],
  ['no character: \uffff', 'no character: \ufffd'],
])('%j is %j in a file', (held, said) => {
  expect(fileText(held)).toBe(said);
});

test('a name has one line', () => {
  expect(fileLine(' two\r\nlines\tand  blanks ')).toBe('two lines and blanks');
});

test.each([
  ['offer 1.pdf', 'offer 1.pdf'],
  ['a:b/c\\d?.txt', 'a_b_c_d_.txt'],
  ['..', '_'],
  ['dots...', 'dots'],
  ['', '_'],
])('the file %j is called %j', (held, called) => {
  expect(fileName(held)).toBe(called);
});
