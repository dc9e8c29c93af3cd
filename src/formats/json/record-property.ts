/**
 * What a reject file calls the text of a record that is no JSON object, so that the file is JSON all the same. It is no
 * column: such a record is rejected again until it has properties of its own.
 */
export const recordProperty = 'SicRecord';
