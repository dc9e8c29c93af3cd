import { secretMask } from '../superoffice/secret-mask.ts';
import type { Context, Output, Outside } from './context.ts';

/** Shorter ones are not looked for in what the program writes. */
const shortest = 8;

/** So long, it is no word whatever it is made of. */
const surelyNoWord = 20;

/**
 * The last resort: whoever learns a secret conceals it, and nothing that is written afterwards shows it. Messages are masked
 * where they arise too; this is for the one that was forgotten. What is written has to hold a secret as a whole to be masked.
 */
export function concealing(outside: Outside): Context {
  const sources: (() => readonly string[])[] = [];
  let known = 0;
  let mask = (text: string): string => text;
  const masked = (text: string): string => {
    const secrets = sources.flatMap(source => source());
    // Secrets only ever come to it.
    if (secrets.length !== known) {
      known = secrets.length;
      mask = secretMask(secrets.filter(standsOut));
    }
    return mask(text);
  };
  const { env, cwd, now, signal, keychain } = outside;
  return {
    env,
    cwd,
    now,
    signal,
    ...(keychain && { keychain }),
    // Few commands read it, and Node loads much for it.
    get stdin() {
      return outside.stdin;
    },
    stdout: maskedOutput(outside.stdout, masked),
    stderr: maskedOutput(outside.stderr, masked),
    conceal: secrets => {
      sources.push(secrets);
    },
    mask: masked,
  };
}

/**
 * A password like "sandbox" is a word of its own: blanking it out in a whole document would spoil what scripts read, and
 * tell which word it is. Such a one is masked in messages alone, where it comes from outside.
 */
function standsOut(secret: string): boolean {
  if (secret.length < shortest) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter(kind => kind.test(secret));
  return kinds.length > 1 || secret.length >= surelyNoWord;
}

function maskedOutput(output: Output, mask: (text: string) => string): Output {
  return {
    write: text => output.write(mask(text)),
    taken: () => output.taken(),
    flushed: () => output.flushed(),
    get isTTY() {
      return output.isTTY;
    },
    get columns() {
      return output.columns;
    },
  };
}
