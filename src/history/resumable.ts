/**
 * Ends of an import after which the same command goes on with the rest. The others (the command line, the config, a file)
 * have to be corrected first, and a second start would end the same way.
 */
const endings: ReadonlySet<string> = new Set([
  'unreachable',
  'interrupted',
  'brake',
  'sign-in',
  'state',
  'bug',
]);

/** @param code of the error that a run ended with */
export function isWorthGoingOn(code: string): boolean {
  return endings.has(code);
}
