import type { SearchConfig } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { defaultFieldNames } from '../../datatypes/udef.ts';
import { searchFault } from '../../export/check.ts';
import { searchNamed } from '../../export/search.ts';
import { SicError } from '../../problems/sic-error.ts';
import { searchesJson, searchesText } from '../../report/searches.ts';
import type { Context } from '../context.ts';
import { configWish } from '../environment.ts';
import type { GlobalFlags } from '../flags.ts';

/** `sic searches`. Throws SicError 'config' when one of them cannot be run. */
export async function runSearches(flags: GlobalFlags, context: Context): Promise<void> {
  const config = await loadConfig({ file: configWish(flags, context), cwd: context.cwd });
  const fieldNames = { ...defaultFieldNames, progIdPrefix: config.progIdPrefix };
  const faults: string[] = [];
  for (const name of config.searches.keys()) {
    const fault = searchFault(searchNamed(config.searches, name), config, fieldNames);
    if (fault) faults.push(fault.hint === null ? fault.message : `${fault.message} ${fault.hint}`);
  }
  const listed = [...config.searches].map(([name, search]) => ({ name, ...shown(search) }));
  if (faults.length > 0)
    throw new SicError(
      'config',
      `${faults.length === 1 ? 'A search' : `${faults.length} searches`} cannot be run.`,
      {
        detail: faults.join('\n'),
        hint: `Correct ${config.file ?? 'the config'}.`,
      },
    );
  context.stdout.write(flags.json ? searchesJson(listed) : searchesText(listed, config.file));
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
