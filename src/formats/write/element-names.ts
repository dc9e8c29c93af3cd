/**
 * XML 1.0, section 2.3, without the colon, which means a namespace, and without what is beyond U+FFFF, which many parsers
 * refuse in names.
 */
const initial =
  'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d' +
  '\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd';
const further = `${initial}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040`;
const beginsName = new RegExp(`^[${initial}]`, 'u');
const notInName = new RegExp(`[^${further}]`, 'gu');

/** The valid element name nearest to a text: `contactUdef/Siteshop:Key` → `contactUdef_Siteshop_Key`, `1st` → `_1st`. */
export function elementName(text: string): string {
  const name = text.replace(notInName, '_');
  return beginsName.test(name) ? name : `_${name}`;
}

/** One for each column, no two alike. Columns that are names keep theirs, whatever stands before them. */
export function elementNames(columns: readonly string[]): string[] {
  const taken = new Set(columns.filter(column => elementName(column) === column));
  return columns.map(column => {
    const name = elementName(column);
    if (name === column) return name;
    let distinct = name;
    for (let count = 2; taken.has(distinct); count++) distinct = `${name}_${count}`;
    taken.add(distinct);
    return distinct;
  });
}
