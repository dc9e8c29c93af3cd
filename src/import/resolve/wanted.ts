import type { Field } from '../../datatypes/field.ts';
import type { Value } from '../../mapping/row.ts';
import type { Problem } from '../../problems/problem.ts';
import { associateSpelling, countrySpelling } from '../../records/spelling.ts';
import { momentText, numberText } from '../../records/value.ts';
import { matchAssociate } from '../../superoffice/associates.ts';
import { matchCountry } from '../../superoffice/countries.ts';
import type { SuperOfficeList } from '../../superoffice/superoffice.ts';
import type { Wanted } from '../plan/value.ts';
import type { Directory } from './directory.ts';

/** What became of one typed cell: a value to write, nothing to write (with or without a warning), or a problem. */
export interface ResolvedCell {
  readonly wanted: Wanted | null;
  readonly problem: Problem | null;
  readonly warning: Problem | null;
}

/** Turns names into ids by lists, users and countries. Relations are not here: see parents.ts. */
export function resolveCell(field: Field, value: Value, directory: Directory): ResolvedCell {
  // Something is made of it, or done because of it, by the rules of its datatype.
  if (field.slot.at === 'input') return leftAlone;
  if (value === null) return plain(field, null, null);
  switch (field.kind) {
    case 'list':
      return resolveListValue(field, String(value), directory);
    case 'lists':
      return resolveListValues(field, Array.isArray(value) ? value : [String(value)], directory);
    case 'associate':
      return resolveAssociate(field, String(value), directory);
    case 'country':
      return resolveCountry(field, String(value), directory);
    case 'boolean':
      return plain(field, value === true, value === true ? 'TRUE' : 'FALSE');
    case 'integer':
    case 'decimal':
      return plain(field, Number(value), numberText(Number(value)));
    case 'datetime':
      return plain(field, String(value), momentText(String(value)));
    case 'file': {
      // The folder is where it was found; SuperOffice keeps the name alone.
      const name = String(value).slice(String(value).lastIndexOf('/') + 1);
      return plain(field, name, name);
    }
    default:
      return plain(field, String(value), value === '' ? null : String(value));
  }
}

function plain(field: Field, value: Wanted['value'], text: string | null): ResolvedCell {
  return { wanted: { field, value, text, add: [] }, problem: null, warning: null };
}

const leftAlone: ResolvedCell = { wanted: null, problem: null, warning: null };

function resolveListValue(field: Field, name: string, directory: Directory): ResolvedCell {
  const list = listOf(field, directory);
  const item = list.find(name);
  if (item) return plain(field, item.id, item.name);
  const policy = directory.policy(field);
  const fallback = policy.default === null ? null : list.find(policy.default);
  switch (policy.missing) {
    case 'add':
      if (!list.addable) return { ...leftAlone, problem: notAddable(field, list, name) };
      return {
        wanted: { field, value: null, text: name, add: [{ list, name }] },
        problem: null,
        warning: nearDuplicate(field, list, name),
      };
    case 'default':
      if (fallback)
        return {
          ...plain(field, fallback.id, fallback.name),
          warning: missingWarning(field, list, name, `"${fallback.name}" was taken instead`),
        };
      return { ...leftAlone, problem: missingDefault(field, list, name, policy.default) };
    case 'blank':
      return { ...leftAlone, warning: missingWarning(field, list, name, 'the field was left alone') };
    case 'reject':
      return { ...leftAlone, problem: missingItem(field, list, name) };
  }
}

function resolveListValues(field: Field, names: readonly unknown[], directory: Directory): ResolvedCell {
  const ids: number[] = [];
  const add: { list: SuperOfficeList; name: string }[] = [];
  const kept: string[] = [];
  let warning: Problem | null = null;
  for (const name of names.map(String)) {
    const one = resolveListValue(field, name, directory);
    if (one.problem) return one;
    warning ??= one.warning;
    if (!one.wanted) continue;
    if (typeof one.wanted.value === 'number') ids.push(one.wanted.value);
    add.push(...one.wanted.add);
    kept.push(one.wanted.text ?? name);
  }
  if (kept.length === 0) return { ...leftAlone, warning };
  const distinct = add.filter((item, index) => add.findIndex(other => other.name === item.name) === index);
  return {
    wanted: { field, value: ids, text: [...new Set(kept)].join(field.separator ?? '|'), add: distinct },
    problem: null,
    warning,
  };
}

function resolveAssociate(field: Field, name: string, directory: Directory): ResolvedCell {
  const match = matchAssociate(directory.associates, name, field.name.endsWith('FullName'));
  if (match.kind === 'one')
    return plain(field, match.item.id, associateSpelling(field, match.item, directory));
  const tip = 'Write the user id as SuperOffice shows it, or set "fallbackAssociate" in the config.';
  if (match.kind === 'several') {
    const names = match.items.map(associate => associate.name).join(', ');
    const message = `"${name}" fits several users of SuperOffice (${names}).`;
    return {
      ...leftAlone,
      problem: { field: field.name, value: name, code: 'associate-ambiguous', message, tip },
    };
  }
  const missing = { field: field.name, value: name, code: 'associate-not-found', tip };
  const { fallback } = directory;
  if (!fallback)
    return { ...leftAlone, problem: { ...missing, message: `"${name}" is no user in SuperOffice.` } };
  const text = associateSpelling(field, fallback, directory);
  const standIn: Wanted = { field, value: fallback.id, text, add: [], standIn: true };
  const message = `"${name}" is no user in SuperOffice, so ${fallback.name} becomes our contact.`;
  return { wanted: standIn, problem: null, warning: { ...missing, message } };
}

function resolveCountry(field: Field, name: string, directory: Directory): ResolvedCell {
  const match = matchCountry(directory.countries, name);
  if (match.kind === 'one') return plain(field, match.item.id, countrySpelling(match.item, directory));
  const policy = directory.policy(field);
  const what: Problem = {
    field: field.name,
    value: name,
    code: match.kind === 'none' ? 'country-not-found' : 'country-ambiguous',
    message:
      match.kind === 'none'
        ? `"${name}" is no country in SuperOffice.`
        : `"${name}" fits several countries of SuperOffice.`,
    tip: 'Write its name, its English name, its postal prefix or its ISO code. Countries are never added by an import.',
  };
  const fallback = policy.default === null ? null : matchCountry(directory.countries, policy.default);
  if (policy.missing === 'default' && fallback?.kind === 'one')
    return {
      ...plain(field, fallback.item.id, fallback.item.englishName),
      warning: { ...what, message: `${what.message} "${fallback.item.englishName}" was taken instead.` },
    };
  if (policy.missing === 'blank')
    return { ...leftAlone, warning: { ...what, message: `${what.message} The field was left alone.` } };
  return { ...leftAlone, problem: what };
}

function listOf(field: Field, directory: Directory): SuperOfficeList {
  const list = directory.lists.get(field.list ?? '');
  if (!list) throw new Error(`list ${field.list} of ${field.name} was not read`);
  return list;
}

/** Advises what the list allows: some have items that only SuperOffice itself can make. */
function missingItem(field: Field, list: SuperOfficeList, name: string): Problem {
  return {
    field: field.name,
    value: name,
    code: 'list-value-not-found',
    message: `"${name}" is not in SuperOffice's list for ${field.name}.`,
    tip: list.addable
      ? `Correct the value, add it in SuperOffice, or set "lists": { "${field.name}": { "missing": "add" } } in the config.`
      : 'Correct the value, or add it in SuperOffice: an import cannot add to that list.',
  };
}

function notAddable(field: Field, list: SuperOfficeList, name: string): Problem {
  return {
    ...missingItem(field, list, name),
    code: 'list-not-addable',
    message: `"${name}" is not in SuperOffice's list for ${field.name}, and an import cannot add to that list.`,
    tip: `Add the value in SuperOffice, or set "missing" of "${field.name}" under "lists" to "reject", "blank" or "default".`,
  };
}

function missingWarning(field: Field, list: SuperOfficeList, name: string, then: string): Problem {
  return {
    ...missingItem(field, list, name),
    message: `"${name}" is not in SuperOffice's list for ${field.name}: ${then}.`,
  };
}

function missingDefault(field: Field, list: SuperOfficeList, name: string, fallback: string | null): Problem {
  return {
    ...missingItem(field, list, name),
    message: `"${name}" is not in SuperOffice's list for ${field.name}, nor is its default "${fallback ?? ''}".`,
    tip: `Correct "default" under "lists" in the config, or add "${fallback ?? ''}" in SuperOffice.`,
  };
}

/** Lists are matched with letter case, as the hosted service does, so "customer" beside "Customer" is worth a word. */
function nearDuplicate(field: Field, list: SuperOfficeList, name: string): Problem | null {
  const near = list.findIgnoringCase(name);
  if (!near) return null;
  return {
    field: field.name,
    value: name,
    code: 'list-value-near-duplicate',
    message: `"${name}" is new in SuperOffice's list for ${field.name}, which has "${near.name}" already.`,
    tip: `Letter case counts. Write "${near.name}" if that is meant, or map it with a value table.`,
  };
}
