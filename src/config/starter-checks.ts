import schema from '../../sic.schema.json' with { type: 'json' };
import { sandboxProfile } from './profiles.ts';
import { urlFault } from './url.ts';

/** What is wrong with an answer, as a sentence; null: nothing. The patterns are those of the schema. */
export const starterChecks = {
  name(name: string): string | null {
    if (name === sandboxProfile) return 'That name is taken by the embedded SuperOffice: choose another one.';
    return new RegExp(schema.properties.profiles.propertyNames.pattern).test(name)
      ? null
      : 'A folder is called after it: use letters, digits, dots, - and _ (at most 64), with a letter or digit first.';
  },
  tenant(tenant: string): string | null {
    return new RegExp(schema.definitions.profile.properties.tenant.pattern).test(tenant)
      ? null
      : 'It must be the identifier of the customer, such as Cust12345: it stands in the address of SuperOffice.';
  },
  url(url: string): string | null {
    const fault = urlFault(url);
    return fault === null ? null : `The address ${fault}`;
  },
  separator(separator: string): string | null {
    return separator === '' || separatorOf(separator) !== null
      ? null
      : 'It must be one character, or one of the words semicolon, comma, tab and pipe.';
  },
  notEmpty(text: string): string | null {
    return text.trim() === '' ? 'It cannot be empty.' : null;
  },
};

const separatorWords: Readonly<Record<string, string>> = {
  semicolon: ';',
  comma: ',',
  tab: '\t',
  pipe: '|',
  '\\t': '\t',
};

/** The character that is meant; null: none. A tab is hard to type, so words will do. */
export function separatorOf(text: string): string | null {
  const word = separatorWords[text.toLowerCase()];
  if (word !== undefined) return word;
  return text.length === 1 ? text : null;
}
