import { onTestFinished } from 'vitest';
import { connect } from '../../../src/superoffice/connect.ts';
import { type Probed, type ProbeOptions, probe } from '../../../src/superoffice/probe/probe.ts';
import { basicCredentials } from '../../../src/superoffice/sign-in/credentials.ts';
import type { SuperOffice } from '../../../src/superoffice/superoffice.ts';

interface Address {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** A connection without a rate limit, closed with the test. */
export async function connected({ url, username, password }: Address): Promise<SuperOffice> {
  const superoffice = await connect({
    credentials: basicCredentials(url, username, password),
    rate: 0,
    concurrency: 8,
    env: {},
    note: () => {},
    signal: new AbortController().signal,
  });
  onTestFinished(() => superoffice.close());
  return superoffice;
}

/** The token of every probe here: its records are called `sic probe 2026-11-22 test`. */
export const mark = 'sic probe 2026-11-22 test';

export async function probed(address: Address, options: Partial<ProbeOptions> = {}): Promise<Probed> {
  return probe(await connected(address), {
    now: Date.parse('2026-11-22T12:00:00Z'),
    token: 'test',
    rate: null,
    tell: () => {},
    signal: new AbortController().signal,
    ...options,
  });
}
