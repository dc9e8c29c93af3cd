import { type Conversion, fault, shown } from './conversion.ts';
import { toName } from './text.ts';

/**
 * E-mail addresses parted by `;` or `,`, trimmed, each once. Only the shape is checked: `"Name" <address>` is not
 * documented for SuperOffice (writing.md, section 5.5) and refused.
 */
export function toAddresses(cell: string): Conversion<readonly string[]> {
  const name = toName(cell);
  if (!name.ok) return name;
  const addresses = name.value
    // JSON lists arrive joined with a bar.
    .split(/[;,|]/)
    .map(address => address.trim())
    .filter(address => address !== '');
  const wrong = addresses.find(address => !/^[^\s@<>"()]+@[^\s@<>"()]+\.[^\s@<>"().]+$/.test(address));
  if (wrong !== undefined)
    return fault(
      'not-an-address',
      `${shown(wrong)} is no e-mail address.`,
      'Write addresses such as kari@fjordbygg.no, parted by ; or a comma, without names.',
    );
  return { ok: true, value: [...new Set(addresses)] };
}
