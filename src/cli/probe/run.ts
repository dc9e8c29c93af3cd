import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { ChosenProfile } from '../../config/profiles.ts';
import { readKeptAnswers, writeKeptAnswers } from '../../state/kept-answers.ts';
import { type Probed, probe } from '../../superoffice/probe/probe.ts';
import { type ConnectionPorts, openConnection } from '../connection.ts';
import { requireProbeAllowed, targetOf } from './permission.ts';

export interface ProbePorts extends Omit<ConnectionPorts, 'signal' | 'openPoints'> {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told the question before each experiment. */
  readonly tell: (question: string) => void;
  /** Ends the probe after the request under way; records are deleted all the same. */
  readonly signal: AbortSignal;
}

export interface TenantProbe extends Probed {
  readonly tenant: string;
}

/**
 * `sic doctor --probe`: settles the open points of the profile's tenant, and keeps the answers in its state folder beside
 * those of earlier probes. `named`: what stands behind the flag, or null. Throws SicError 'usage' for a tenant that has to
 * be named, and whatever connecting throws.
 */
export async function probeTenant(
  chosen: ChosenProfile,
  named: string | null,
  ports: ProbePorts,
): Promise<TenantProbe> {
  requireProbeAllowed(targetOf(chosen), named);
  // A connection that ended with the signal could delete nothing any more.
  const signal = new AbortController().signal;
  const connection = openConnection(chosen, { ...ports, signal, openPoints: 'defaults' });
  try {
    const superoffice = await connection.connect();
    try {
      const { database } = await superoffice.principal();
      const { tenant } = superoffice;
      const stateFolder = path.join(ports.stateRoot, chosen.name);
      // Before anything is made: a state folder that cannot be read must not cost the answers.
      const before = await readKeptAnswers(stateFolder, tenant, database);
      const probed = await probe(superoffice, {
        now: ports.now(),
        token: randomBytes(2).toString('hex'),
        rate: ports.rate ?? null,
        tell: ports.tell,
        signal: ports.signal,
      });
      const settled = probed.points.flatMap(({ name, answer }) => (answer === null ? [] : [[name, answer]]));
      if (settled.length > 0)
        await writeKeptAnswers(stateFolder, {
          tenant,
          database,
          probedAt: new Date(ports.now()).toISOString(),
          release: probed.release,
          answers: { ...before?.answers, ...Object.fromEntries(settled) },
        });
      return { ...probed, tenant };
    } finally {
      await superoffice.close();
    }
  } finally {
    await connection.close();
  }
}
