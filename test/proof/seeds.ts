import { env } from 'node:process';

/**
 * More than every change has to pass: `SIC_SEEDS=300 npx vitest run test/proof/faults`, `SIC_KILLS=400 npx vitest run
 * test/proof/kill`. One that failed once more: `SIC_SEED=17`. How often what happened: `SIC_FIGURES=1`.
 *
 * Seeds to try: those that `SIC_SEED` names (`17`, or `100-199`), else the first `SIC_SEEDS`, else the first `usual` ones.
 * @param howMany the variable that raises their number
 * @param each what one seed counts for
 */
export function seedsToTry(howMany: 'SIC_SEEDS' | 'SIC_KILLS', usual: number, each = 1): number[] {
  const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(env.SIC_SEED ?? '') ?? [];
  const first = Number(from ?? 1);
  const last = from === undefined ? Math.ceil(Number(env[howMany] ?? usual) / each) : Number(to ?? from);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
