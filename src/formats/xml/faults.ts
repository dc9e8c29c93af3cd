import { SicError } from '../../problems/sic-error.ts';
import { longestName, shownName } from '../longest-name.ts';
import { depthLimit, longestRecord } from './limits.ts';

/** Turns positions in the scanned bytes into what people find in the file. */
export interface Places {
  /** The file's name. */
  readonly label: string;
  /** Line of the file, counted from 1, in which a position of the scanned text is. Reads the file again. */
  lineOf(position: number): number;
}

const fetchAgain =
  'The file was cut off, or is still being written. Fetch it again, or run again when it is complete.';

export function emptyFile({ label }: Places): SicError {
  return fault(`${label} is empty.`, 'An XML file has one root element and in it one element per record.');
}

export function notXml({ label, lineOf }: Places, position: number, excerpt: string): SicError {
  return fault(
    `${label} is not XML: line ${lineOf(position)} begins with "${excerpt}".`,
    'Check that it is the right file, and the program that writes it.',
  );
}

/** The file ends before the root element does. */
export function cutOff({ label, lineOf }: Places, root: string, rootAt: number): SicError {
  return fault(`${label} ends without the </${root}> that closes line ${lineOf(rootAt)}.`, fetchAgain);
}

/** The file ends inside a row, or, null, inside a comment or tag that is part of none. */
export function cutOffIn({ label, lineOf }: Places, row: string | null, at: number): SicError {
  return row === null
    ? fault(`${label} ends in the middle of what line ${lineOf(at)} begins.`, fetchAgain)
    : fault(`${label} ends inside <${row}>, which begins in line ${lineOf(at)}.`, fetchAgain);
}

export function rowNotClosed(places: Places, row: string, at: number, root: string, end: number): SicError {
  const { label, lineOf } = places;
  return fault(
    `${label}: <${row}> in line ${lineOf(at)} is not closed before </${root}> in line ${lineOf(end)}.`,
    `A </${row}> is missing. Correct it in the file, or in the program that writes it.`,
  );
}

export function wrongEnd(places: Places, name: string, at: number, root: string, rootAt: number): SicError {
  const { label, lineOf } = places;
  const found = shownName(name);
  return fault(
    `${label}, line ${lineOf(at)}: </${found}> closes nothing: only <${root}> of line ${lineOf(rootAt)} is open there.`,
    `Remove it, or add the <${found}> that is missing before it.`,
  );
}

export function textOutside({ label, lineOf }: Places, position: number, excerpt: string): SicError {
  return fault(
    `${label}, line ${lineOf(position)}: "${excerpt}" stands between the records.`,
    'Text belongs into a field of a record. Remove it, or close the elements around it properly.',
  );
}

export function afterRoot(places: Places, position: number, excerpt: string, root: string): SicError {
  const { label, lineOf } = places;
  return fault(
    `${label}, line ${lineOf(position)}: "${excerpt}" stands behind </${root}>, where the file should end.`,
    'Were several files joined into one? Import them one by one.',
  );
}

export function secondDeclaration({ label, lineOf }: Places, position: number): SicError {
  return fault(
    `${label}, line ${lineOf(position)}: <?xml …?> stands in the middle of the file.`,
    'Were several files joined into one? Import them one by one.',
  );
}

export function documentType({ label, lineOf }: Places, position: number, excerpt: string): SicError {
  return fault(
    `${label}, line ${lineOf(position)}: "${excerpt}" is not taken.`,
    'A DTD can make a small file grow without end or read other files, so sic takes none. ' +
      'Have the file written without <!DOCTYPE …>, and &name; replaced by the text it stands for.',
  );
}

export function otherRowName(
  places: Places,
  name: string,
  at: number,
  first: string,
  firstAt: number,
): SicError {
  const { label, lineOf } = places;
  return fault(
    `${label} holds <${first}> (line ${lineOf(firstAt)}) and <${name}> (line ${lineOf(at)}) side by side.`,
    'A file holds one datatype: all elements below the root have one name. Put each kind into a file of its own.',
  );
}

export function attributeWithData(
  { label, lineOf }: Places,
  element: string,
  name: string,
  position: number,
): SicError {
  const attribute = shownName(name);
  return fault(
    `${label}, line ${lineOf(position)}: <${element}> has the attribute ${attribute}.`,
    `sic reads elements only, so its value would be lost. Write it as an element of the record: <${attribute}>…</${attribute}>.`,
  );
}

export function namelessElement({ label, lineOf }: Places, name: string, position: number): SicError {
  return fault(
    `${label}, line ${lineOf(position)}: <${name}> has no name behind its prefix.`,
    'Name the element after the field it holds.',
  );
}

export function nameTooLong({ label, lineOf }: Places, name: string, position: number): SicError {
  return fault(
    `${label}, line ${lineOf(position)}: the element name ${shownName(name)} has more than ${longestName} characters.`,
    'Name the element after the field it holds.',
  );
}

export function tooDeep({ label, lineOf }: Places, position: number): SicError {
  return fault(
    `${label}, line ${lineOf(position)}, has elements nested more than ${depthLimit} deep.`,
    'A record is one element, and its fields are elements directly inside it. Check the program that writes the file.',
  );
}

/** `row`: null for a comment or tag that is part of none. */
export function tooLong({ label, lineOf }: Places, row: string | null, position: number): SicError {
  const what = row === null ? 'what begins' : `<${row}>`;
  return fault(
    `${label}: ${what} in line ${lineOf(position)} does not end within ${longestRecord >> 20} MiB.`,
    'Check that it is closed properly where it should end.',
  );
}

function fault(message: string, hint: string): SicError {
  return new SicError('file', message, { hint });
}
