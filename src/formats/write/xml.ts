import { encodeEntities } from '../xml/entities.ts';
import { elementName, elementNames } from './element-names.ts';
import type { OutputShape, RowWriter } from './row-writer.ts';

/**
 * The structure that the import reads: under a root with the search's name one element per row, in it one per column. No
 * attributes and no namespaces. What XML cannot hold, control characters and half characters, becomes U+FFFD.
 */
export function xmlWriter(shape: OutputShape): RowWriter {
  const row = elementName(shape.row);
  const root = rootName(elementName(shape.name), row);
  const fields = elementNames(shape.columns);
  const field = (name: string | undefined, text: string): string =>
    text === '' ? `    <${name}/>\n` : `    <${name}>${encodeEntities(text, isInUtf8)}</${name}>\n`;
  return {
    head: () => `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>\n`,
    rows: batch =>
      batch
        .map(cells => {
          const elements = cells.map((cell, i) => field(fields[i], cell.text)).join('');
          return `  <${row}>\n${elements}  </${row}>\n`;
        })
        .join(''),
    end: () => `</${root}>\n`,
  };
}

/** Whoever looks for rows by their name must not find the root. */
function rootName(name: string, row: string): string {
  if (name !== row) return name;
  return row === 'Export' ? 'Rows' : 'Export';
}

const isInUtf8 = (): boolean => true;
