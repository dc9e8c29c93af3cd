import { fileLine } from './file-text.ts';

/** A name in a folder: 255 bytes are the most that file systems take, and some are left for a number in front. */
const longest = 230;

/** Whatever stands behind the dot is kept, so that the file still opens with its program. */
const longestEnding = 20;

/** What Windows takes for a device, whatever ending it has. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * A name that every file system takes and that stays in its folder, in place of the one that SuperOffice has: signs that a
 * system knows otherwise become _. What two names become may be the same.
 */
export function fileName(name: string): string {
  const safe = fileLine(name)
    .replace(/[<>:"/\\|?*\ufffd]/g, '_')
    .normalize('NFC');
  const cut = shortened(safe).replace(/[. ]+$/, '');
  return cut === '' ? '_' : cut.replace(device, found => `${found}_`);
}

/** Do a file system that knows no letter case take these for the same? */
export function foldedName(name: string): string {
  return name.toLowerCase();
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= longest) return name;
  const [found = ''] = /\.[^.]+$/.exec(name) ?? [];
  const ending = Buffer.byteLength(found) <= longestEnding ? found : '';
  let room = longest - Buffer.byteLength(ending);
  let start = '';
  for (const sign of name) {
    room -= Buffer.byteLength(sign);
    if (room < 0) break;
    start += sign;
  }
  return start + ending;
}
