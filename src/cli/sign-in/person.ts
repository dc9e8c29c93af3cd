import type { OnlineProfile } from '../../config/config.ts';
import { signInWithBrowser } from '../../superoffice/sign-in/browser-sign-in.ts';
import type { OAuthClient, OAuthTokens } from '../../superoffice/sign-in/oauth.ts';
import { systemTiming } from '../../superoffice/timing.ts';
import type { Context } from '../context.ts';
import { hasDesktop, openBrowser } from './open-browser.ts';

/** A heartbeat comes at least every 10 s; timers are never early but often late. Milliseconds. */
const heartbeatEvery = 9_000;

export interface PersonSignIn {
  readonly profile: OnlineProfile;
  readonly client: OAuthClient;
  readonly port: number;
  /** Milliseconds. */
  readonly timeout: number;
  /** False: the address is only told. */
  readonly browser: boolean;
}

/** Takes a person through the sign-in in a browser, telling what is waited for. Throws SicError. */
export async function signInPerson(options: PersonSignIn, context: Context): Promise<OAuthTokens> {
  const { client, port, timeout } = options;
  const { signal } = context;
  const stopBeating = beat(timeout, context);
  try {
    return await signInWithBrowser({
      client,
      port,
      timeout,
      timing: systemTiming,
      signal,
      visit: address => visit(address, options, context),
    });
  } finally {
    stopBeating();
  }
}

function visit(address: string, { profile, browser, timeout }: PersonSignIn, context: Context): void {
  const { stderr, env } = context;
  const opens = browser && hasDesktop(context);
  const lead = opens
    ? `Your browser opens to sign in to ${profile.tenant}. If it does not, open this address in it:`
    : `Open this address in a browser of this machine, to sign in to ${profile.tenant}:`;
  stderr.write(`${lead}\n\n  ${address}\n\n`);
  if (!opens && env.SSH_CONNECTION) stderr.write(`${throughSsh(address)}\n`);
  stderr.write(`Waiting for the sign-in, ${span(timeout)} at most. Ctrl-C gives up.\n`);
  if (opens)
    void openBrowser(address, env).then(fault => {
      if (fault !== null)
        stderr.write(`No browser was opened (${fault}). Open the address above yourself.\n`);
    });
}

/** The browser of a person at the other end of ssh comes back to their own machine. */
function throughSsh(address: string): string {
  const { port } = new URL(new URL(address).searchParams.get('redirect_uri') ?? address);
  return `Over ssh, let your browser reach port ${port} of this machine first: ssh -L ${port}:127.0.0.1:${port} …`;
}

/** Off a terminal nobody sees that the program waits, so it says so. */
function beat(timeout: number, { stderr, now }: Context): () => void {
  if (stderr.isTTY) return () => {};
  const end = now() + timeout;
  const timer = setInterval(() => {
    stderr.write(`Still waiting for the sign-in, ${span(Math.max(0, end - now()))} left.\n`);
  }, heartbeatEvery);
  timer.unref();
  return () => clearInterval(timer);
}

function span(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const [count, unit] = seconds % 60 === 0 && seconds > 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
