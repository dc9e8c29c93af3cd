import type { Problem } from '../../problems/problem.ts';
import type { RowFault } from './row-walker.ts';

/** Longest value that is shown: a stray text may be a page. */
const shown = 60;

function problem(
  code: string,
  field: string | null,
  value: string | null,
  message: string,
  tip: string,
): Problem {
  return { field, value: value === null ? null : shorten(value), code, message, tip };
}

export function unpaired(fault: Exclude<RowFault, 'no-markup'>, spelled: string): Problem {
  const name = shorten(spelled);
  return fault === 'not-closed'
    ? problem('bad-markup', null, null, `<${name}> is not closed.`, `Add the missing </${name}>.`)
    : problem(
        'bad-markup',
        null,
        null,
        `</${name}> closes nothing.`,
        `Remove it, or add the missing <${name}>.`,
      );
}

/** `text`: what the < is in. */
export function strayLessThan(text: string): Problem {
  return problem(
    'bad-markup',
    null,
    text,
    `A < in "${shorten(text)}" begins no element.`,
    'Write < in a text as &lt;.',
  );
}

export function badTag(tag: string): Problem {
  return problem(
    'bad-markup',
    null,
    tag,
    `The tag ${shorten(tag)} is not well-formed.`,
    'An attribute is name="value", each name once; xsi:nil is true or false.',
  );
}

export function unknownEntity(field: string, reference: string): Problem {
  return problem(
    'unknown-entity',
    field,
    reference,
    `"${reference}" stands for nothing in XML.`,
    reference.endsWith(';')
      ? 'XML knows &amp; &lt; &gt; &apos; &quot; and character numbers such as &#230;. Write the letter itself.'
      : 'Write & in a text as &amp;.',
  );
}

export function repeatedField(field: string): Problem {
  return problem(
    'repeated-field',
    field,
    null,
    `<${field}> stands twice in the record.`,
    'Remove one of them.',
  );
}

export function nestedElement(field: string, inner: string): Problem {
  return problem(
    'nested-element',
    field,
    null,
    `<${field}> holds the element <${shorten(inner)}>.`,
    'A field holds text only. Move the inner element beside it, or write its < as &lt;.',
  );
}

export function strayText(text: string): Problem {
  return problem(
    'stray-text',
    null,
    text.trim(),
    `"${shorten(text.trim())}" stands between the fields.`,
    'Put it into the element it belongs to.',
  );
}

export function nilWithText(field: string, text: string): Problem {
  return problem(
    'bad-nil',
    field,
    text,
    `<${field}> says nil, which empties the field, and holds "${shorten(text)}".`,
    'Remove the text, or the nil.',
  );
}

/** What the parser itself says: not known to happen. */
export function unreadable(reason: string): Problem {
  return problem('bad-markup', null, null, `The record cannot be read: ${reason}`, 'Correct it in the file.');
}

function shorten(text: string): string {
  return text.length > shown ? `${text.slice(0, shown)}…` : text;
}
