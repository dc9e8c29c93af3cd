import { cut, oneLine } from '../words.ts';

/** Nothing in it can end an element or an attribute, or steer what shows it. */
export function html(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);
}

/** A cell value is shown whole up to so many characters. */
const longestValue = 300;

/** What stood in a cell, apart from the words around it: text that runs from right to left does not turn them round. */
export function value(text: string | null): string {
  if (text === null || text === '') return '<i>empty</i>';
  return `<bdi class="value">${html(cut(text, longestValue))}</bdi>`;
}
