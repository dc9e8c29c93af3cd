import type { ChosenProfile } from '../../config/profiles.ts';
import { SicError } from '../../problems/sic-error.ts';

/** What a profile leads to, as far as it decides whether experiments may be made there. */
export type ProbeTarget =
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'online'; readonly environment: 'sod' | 'stage' | 'online'; readonly tenant: string }
  /** Nothing tells a test installation from the one that people work in. */
  | { readonly kind: 'onsite'; readonly url: string };

export function targetOf(chosen: ChosenProfile): ProbeTarget {
  if (chosen.kind === 'sandbox') return { kind: 'sandbox' };
  const { profile } = chosen;
  if (profile.kind === 'onsite') return { kind: 'onsite', url: profile.url };
  return { kind: 'online', environment: profile.environment, tenant: profile.tenant };
}

/**
 * Experiments make and delete records: development and test tenants are asked at once, a production tenant or an
 * installation only when `named` (what stands behind --probe, or null) is its tenant or host. A name that is not the
 * target's is refused everywhere: somebody meant another one. Throws SicError 'usage'.
 */
export function requireProbeAllowed(target: ProbeTarget, named: string | null): void {
  const { name, what } = described(target);
  if (named !== null && !names(target).includes(named.toLowerCase()))
    throw new SicError('usage', `--probe names "${named}", but the profile leads to ${what}.`, {
      hint: `Write --probe ${name} when that is meant, or choose another profile. Files stand before --probe, or behind --.`,
    });
  if (named !== null || target.kind === 'sandbox') return;
  if (target.kind === 'online' && target.environment !== 'online') return;
  throw new SicError('usage', `A probe makes and deletes records, and people may be at work in ${what}.`, {
    hint: `Probe a development or test tenant instead. If this one is meant: --probe ${name}`,
  });
}

/** In small letters: host names and tenants differ in nothing else. */
function names(target: ProbeTarget): string[] {
  if (target.kind === 'sandbox') return ['sandbox'];
  if (target.kind === 'online') return [target.tenant.toLowerCase()];
  const { host, hostname } = new URL(target.url);
  return [host.toLowerCase(), hostname.toLowerCase()];
}

function described(target: ProbeTarget): { readonly name: string; readonly what: string } {
  switch (target.kind) {
    case 'sandbox':
      return { name: 'Sandbox', what: 'the embedded SuperOffice' };
    case 'online':
      return {
        name: target.tenant,
        what: `the ${target.environment === 'online' ? 'production' : 'test'} tenant ${target.tenant}`,
      };
    case 'onsite': {
      const { host } = new URL(target.url);
      return { name: host, what: `the SuperOffice at ${host}` };
    }
  }
}
