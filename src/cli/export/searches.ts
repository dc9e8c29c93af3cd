import type { SearchConfig } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { searchFaults } from '../../export/check.ts';
import { searchNamed } from '../../export/search.ts';
import { SicError } from '../../problems/sic-error.ts';
import { type ListedSearch, searchesJson, searchesText } from '../../report/searches.ts';
import type { Context } from '../context.ts';
import { configWish } from '../environment.ts';
import { exitCodes } from '../exit-code.ts';
import { fieldNames } from '../field-names.ts';
import type { GlobalFlags } from '../flags.ts';
import type { Outcome } from '../outcome.ts';

/** `sic searches`: all of them, also those that cannot be run. Throws SicError 'config' at the end when there are such. */
export async function runSearches(flags: GlobalFlags, context: Context, outcome: Outcome): Promise<void> {
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  // Which profile will run it is not known yet: none of their differences changes whether it can be run.
  const names = fieldNames(config, null);
  const listed = [...config.searches].map(([name, search]): ListedSearch => {
    const faults = searchFaults(searchNamed(config.searches, name), config, names);
    return { name, ...shown(search), faults: faults.map(told) };
  });
  const faulty = listed.filter(({ faults }) => faults.length > 0);
  const exitCode = faulty.length === 0 ? exitCodes.ok : exitCodes.usage;
  outcome.answered = true;
  context.stdout.write(flags.json ? searchesJson(listed, exitCode) : searchesText(listed, config.file));
  if (faulty.length === 0) return;
  const which = faulty.map(({ name }) => name).join(', ');
  throw new SicError(
    'config',
    faulty.length === 1
      ? `The search ${which} cannot be run.`
      : `${faulty.length} searches cannot be run: ${which}.`,
    {
      detail: faulty.flatMap(({ faults }) => faults).join('\n'),
      hint: `Correct ${config.file ?? 'the config'}.`,
    },
  );
}

function told({ message, hint }: SicError): string {
  return hint === null ? message : `${message} ${hint}`;
}

function shown({ of, fields, where, criteria, order, cache }: SearchConfig) {
  return {
    of: of.kind === 'datatype' ? of.datatype : of.provider,
    fields: fields?.map(({ name }) => name) ?? null,
    where,
    criteria,
    order,
    cache,
  };
}
