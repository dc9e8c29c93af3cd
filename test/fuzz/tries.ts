const { SIC_FUZZ_RUNS: factor = '1' } = process.env;

/** How often a property is tried: `SIC_FUZZ_RUNS=100` tries a hundred times as often as a usual run of the tests. */
export function tries(usual: number): number {
  return Math.max(1, Math.round(usual * Number(factor)));
}

/** Milliseconds that a test may take: more where more is tried. */
export const patience = 60_000 * Math.max(1, Number(factor));
