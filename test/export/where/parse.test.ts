import { describe, expect, test } from 'vitest';
import { parseCriteria } from '../../../src/export/where/parse.ts';

function read(text: string): string[][] | string {
  const parsed = parseCriteria(text);
  return Array.isArray(parsed)
    ? parsed.map(({ left, operator, value }) => [left, operator, value])
    : `${parsed.message} ${parsed.hint}`;
}

describe('a criterion', () => {
  test.each<[text: string, ...criteria: string[][]]>([
    ['Name=Oslo', ['Name', '=', 'Oslo']],
    ['  Name  <>  Oslo  AS  ', ['Name', '<>', 'Oslo  AS']],
    ['CreatedYear>=2017', ['CreatedYear', '>=', '2017']],
    ['a<=b', ['a', '<=', 'b']],
    ['a<b', ['a', '<', 'b']],
    ['a>b', ['a', '>', 'b']],
    ['a<>b<>c', ['a', '<>', 'b<>c']],
    ['Url1=https://x.no/?a=b&c=d', ['Url1', '=', 'https://x.no/?a=b&c=d']],
    ['Amount>83,5', ['Amount', '>', '83,5']],
    ['Navn på kunde=Æble Øl Å', ['Navn på kunde', '=', 'Æble Øl Å']],
    ['year( CreatedDate ) >= 2017', ['year( CreatedDate )', '>=', '2017']],
    ["Name=Bob's", ['Name', '=', "Bob's"]],
    ['Name=6" rør', ['Name', '=', '6" rør']],
    ['Name="A;City=B"', ['Name', '=', 'A;City=B']],
    ["Name='A;City=B'", ['Name', '=', 'A;City=B']],
    ['Name="say ""hi""; x=1"', ['Name', '=', 'say "hi"; x=1']],
    ["Name='it''s'", ['Name', '=', "it's"]],
    ['Name=" Oslo "', ['Name', '=', ' Oslo ']],
    ['Name=""', ['Name', '=', '']],
    ["Name<>''", ['Name', '<>', '']],
    ['Name="=5"', ['Name', '=', '=5']],
    ['Name=A;B', ['Name', '=', 'A;B']],
    ['Name=A;5>3', ['Name', '=', 'A;5>3']],
    ['Name=A;City=B', ['Name', '=', 'A'], ['City', '=', 'B']],
    ['Name=A ; year (Date) > 5', ['Name', '=', 'A'], ['year (Date)', '>', '5']],
    ['Name="A" ; City="B"', ['Name', '=', 'A'], ['City', '=', 'B']],
    ['Name=A;', ['Name', '=', 'A']],
    ['Name="A"; ', ['Name', '=', 'A']],
    ['Name=A\\;City=B', ['Name', '=', 'A;City=B']],
    ['Name=A\\\\;City=B', ['Name', '=', 'A\\'], ['City', '=', 'B']],
    ['Name=C:\\temp', ['Name', '=', 'C:\\temp']],
    ['Name="C:\\\\temp"', ['Name', '=', 'C:\\\\temp']],
  ])('%s', (text, ...criteria) => {
    expect(read(text)).toEqual(criteria);
  });
});

describe('what is no criterion', () => {
  const signs = '= <> > >= < <=';
  test.each([
    ['', 'The criterion is empty. Write a field, an operator and a value: Name=Oslo'],
    ['Name', `"Name" has no operator. Write a field, one of ${signs} and a value: Name=…`],
    ['Name like A', `"Name like A" has no operator. Write a field, one of ${signs} and a value: Name=Oslo`],
    ['=A', '"=A" has no field in front of =. Write a field, an operator and a value: Name=Oslo'],
    [
      'Name=',
      '"Name=" has no value behind =. Write the value, or "" for an empty field: Name="" (in a shell \'Name=""\', which keeps the quotes).',
    ],
    ['Name=A;City=', '"City=" has no value behind =.'],
    ['Name="A";B', '"B" has no operator.'],
    ['Name!=A', `"Name!=A" has the operator !=, which does not exist. There are ${signs}. Write Name<>A`],
    [
      'Name==A',
      `"Name==A" has the operator ==, which does not exist. There are ${signs}. Write Name=A, or Name="=A" for a value that begins with =.`,
    ],
    [
      'Age=>5',
      `"Age=>5" has the operator =>, which does not exist. There are ${signs}. Write Age>=5, or Age=">5" for a value that begins with >.`,
    ],
    [
      'Name="A',
      '"Name="A" opens a quote that never ends. Close it, or put the other quotes around a value that begins with one: Name=\'"A\'',
    ],
    ["Name='t Hart;City=B", 'opens a quote that never ends.'],
    [
      'Name="Huset" AS',
      '"Name="Huset" AS" has something behind the quote that ends its value. Put quotes around all of it: Name=\'"Huset" AS\'',
    ],
  ])('%s', (text, told) => {
    expect(read(text)).toContain(told);
  });
});
