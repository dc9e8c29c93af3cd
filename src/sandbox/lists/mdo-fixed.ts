import { type Enumeration, securityLevels, ticketOrigins } from '../entities/carriers/enumerations.ts';
import type { MdoItem } from './mdo-item.ts';

function numbered(first: number, names: readonly string[]): MdoItem[] {
  return names.map((name, index) => ({ id: first + index, name, rank: index + 1 }));
}

function named(words: Enumeration): MdoItem[] {
  return Object.entries(words).map(([name, id], index) => ({ id, name, rank: index + 1 }));
}

/** Lists that are enumerations of SuperOffice, not tables (reading.md, section 12.6; values of the OpenAPI documents). */
export const fixedLists: Readonly<Record<string, readonly MdoItem[]>> = {
  salestatus: numbered(1, [
    'NO:"Åpent";US:"Open";DA:"Åben";SW:"Öppen"',
    'NO:"Solgt";US:"Sold";DA:"Solgt";SW:"Såld"',
    'NO:"Tapt";US:"Lost";DA:"Tabt";SW:"Förlorad"',
    'NO:"Stoppet";US:"Stalled";DA:"Stoppet";SW:"Stoppad"',
  ]),
  ticketslevel: named(securityLevels),
  ticketorigin: named(ticketOrigins),
  customerlanguage: numbered(1, ['English', 'Norsk', 'Dansk', 'Svenska', 'Suomi', 'Deutsch']),
};
