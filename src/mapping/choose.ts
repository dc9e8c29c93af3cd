import type { Mapping } from '../config/config.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import { datatypeNamed, datatypes } from '../datatypes/index.ts';
import { didYouMean } from '../problems/did-you-mean.ts';
import { SicError } from '../problems/sic-error.ts';
import { matchesGlob } from './glob.ts';

/**
 * The first mapping whose `match` fits the file's base name, or null. A reject file (`kunder.rejected.csv`) also goes by
 * the name of the file it came from.
 */
export function chooseMapping(mappings: readonly Mapping[], file: string): Mapping | null {
  const name = baseName(file);
  const names = [name, name.replace(/\.rejected(?:-\d+)?(?=\.[^.]*$|$)/, '')];
  return mappings.find(({ match }) => match === null || names.some(each => matchesGlob(match, each))) ?? null;
}

/**
 * What a file holds: as asked for, else as its mapping says, else as its content says (the name of XML's rows, JSON's
 * property), else by the words of its name (`Company_20240131.csv`,
 * `17PS01010001_Companies.csv`).
 * @param requested the value of `--datatype`, or null
 * @param content what the content says, or null
 * @throws SicError `usage` when nothing or too much tells it; `config` when the mapping names an unknown one
 */
export function chooseDatatype(
  file: string,
  requested: string | null,
  mapping: Mapping | null,
  content: string | null,
): Datatype {
  if (requested !== null) return requireDatatype(requested, '--datatype');
  if (mapping !== null && mapping.datatype !== null)
    return requireDatatype(mapping.datatype, `The mapping for ${mapping.match ?? 'every file'}`, 'config');
  return content === null ? byFileName(file) : byContent(file, content);
}

/** True when the words of a file's name tell what it holds. */
export function namesDatatype(file: string): boolean {
  return datatypesInName(file).length > 0;
}

/** What the content says counts, but a name that says otherwise is a sign that two files were mixed up. */
function byContent(file: string, content: string): Datatype {
  const datatype = requireDatatype(content, `The content of ${shownFile(file)}`, 'file');
  const named = datatypesInName(file);
  if (named.length === 0 || named.includes(datatype)) return datatype;
  throw new SicError(
    'file',
    `The name of ${shownFile(file)} tells ${named.map(({ name }) => name).join(' and ')}, but it holds ${datatype.name}.`,
    { hint: `Rename the file, or say what it holds: --datatype ${datatype.name}.` },
  );
}

function shownFile(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function wordsOf(file: string): string[] {
  return baseName(file)
    .toLowerCase()
    .split(/[_\-. ]+/);
}

function datatypesInName(file: string): Datatype[] {
  const words = wordsOf(file);
  return datatypes.filter(datatype => datatype.fileWords.some(word => words.includes(word)));
}

function byFileName(file: string): Datatype {
  const [first, second] = datatypesInName(file);
  if (first && second)
    throw new SicError(
      'usage',
      `The name of ${file} tells two datatypes: ${first.name} and ${second.name}.`,
      {
        hint: `Say which one it holds: --datatype ${first.name} or --datatype ${second.name}.`,
      },
    );
  if (first) return first;
  if (wordsOf(file).some(isContact))
    throw new SicError('usage', `"Contact" in the name of ${file} may mean companies or people.`, {
      hint: 'SuperOffice calls a company Contact, many call a person so. Say --datatype Company or --datatype Person.',
    });
  throw new SicError('usage', `Nothing tells what ${shownFile(file)} holds.`, {
    hint: `Say --datatype ${choices()}, give the file a name such as company.csv, or name its datatype in a mapping.`,
  });
}

/**
 * The datatype of that name, letter case aside.
 * @param who begins the message when there is none: `--datatype`
 */
export function requireDatatype(
  name: string,
  who: string,
  code: 'usage' | 'config' | 'file' = 'usage',
): Datatype {
  const datatype = datatypeNamed(name);
  if (datatype) return datatype;
  if (isContact(name.trim().toLowerCase()))
    throw new SicError(code, `${who} says "${name}", which may mean companies or people.`, {
      hint: 'SuperOffice calls a company Contact, many call a person so. Say Company or Person.',
    });
  const names = datatypes.map(known => known.name);
  const near = didYouMean(name, names);
  throw new SicError(code, `${who} says "${name}", which is no datatype.`, {
    hint:
      near === null
        ? `The datatypes are ${choices('conjunction')}.`
        : `Did you mean ${near}? The datatypes are ${choices('conjunction')}.`,
  });
}

function isContact(word: string): boolean {
  return word === 'contact' || word === 'contacts';
}

function choices(type: 'conjunction' | 'disjunction' = 'disjunction'): string {
  return new Intl.ListFormat('en', { type }).format(datatypes.map(({ name }) => name));
}

/** Both separators, since a path may be typed on Windows. */
function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
