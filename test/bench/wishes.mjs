import { parseArgs } from 'node:util';

const options = {
  out: { type: 'string', default: 'bench.json' },
  check: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
  from: { type: 'string' },
  cache: { type: 'string' },
  rounds: { type: 'string', default: '5' },
  help: { type: 'boolean', default: false, short: 'h' },
};

/** What the command line wishes. Throws an Error with what is wrong with it. */
export function wishesOf(args, parts) {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const isNumber = wish => /^[\d_]+$/.test(wish);
  const named = positionals.filter(wish => !isNumber(wish));
  const unknown = named.find(name => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    throw new Error(`There is no part ${unknown}. The parts: ${Object.keys(parts).join(', ')}.`);
  const numbers = positionals.filter(isNumber).map(text => Number(text.replaceAll('_', '')));
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds ${values.rounds} is no number of rounds.`);
  if (numbers.includes(0)) throw new Error('A file of no rows cannot be measured.');
  return {
    ...values,
    rounds,
    cache: values.cache ?? null,
    sizes: numbers.length > 0 ? numbers.sort((a, b) => a - b) : [10_000, 100_000, 1_000_000],
    parts: named.length > 0 ? Object.keys(parts).filter(name => named.includes(name)) : Object.keys(parts),
  };
}

export function helpText(parts) {
  const lines = Object.entries(parts).map(([name, { summary }]) => `  ${name.padEnd(12)}  ${summary}`);
  return `npm run bench -- [PART…] [ROWS…] [options]

Measures whole processes of sic and prints each figure with its goal. Ratios are medians of runs in turn.
ROWS are the sizes of files (10000, 100000 and 1000000; with these it takes about half an hour).

Parts (all of them, unless some are named):
${lines.join('\n')}

Options:
  --check         exit code 1 when a figure leaves its goal by more than a tenth
  --out FILE      where the figures go as JSON (bench.json)
  --markdown      print them as Markdown tables in the end
  --from FILE     measure nothing: print and check the figures of an earlier bench
  --cache FOLDER  keep files and sandboxes there, so that the next bench need not create the companies again
  --rounds N      how many times each is run in turn (5)
`;
}
