import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { surveyRecord } from '../../src/formats/csv/survey.ts';

const soup = fc
  .array(fc.constantFrom('"', '""', ';', '\t', ' ', 'a', 'æ', '\n', '\u00a0'), { maxLength: 14, size: 'max' })
  .map(all => all.join(''));

// What is refused unsplit must be what papaparse would refuse too, and count as many cells.
test('a large record is judged as papaparse judges it', () => {
  fc.assert(
    fc.property(soup, fc.constantFrom(';', '\t'), (text, delimiter) => {
      const survey = surveyRecord(Buffer.from(text), delimiter.charCodeAt(0));
      const { data, errors } = Papa.parse<string[]>(`${text}\r`, {
        delimiter,
        newline: '\r',
        fastMode: false,
      });
      const [cells = ['']] = data;
      if (survey.badQuotes) expect(errors.length).toBeGreaterThan(0);
      else if (errors.length === 0) expect(survey.cells).toBe(cells.length);
    }),
    { numRuns: 3000 },
  );
});
