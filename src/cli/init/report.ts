import path from 'node:path';
import type { StarterProfile } from '../../config/starter.ts';
import { type StarterSecret, starterSecrets } from '../../config/starter-secrets.ts';
import { shellWord } from '../../problems/shell-word.ts';

/** What `sic init` did. */
export interface InitReport {
  /** Absolute; null: nothing was written. */
  readonly file: string | null;
  /** The file as a person in the working directory would write it. */
  readonly shown: string;
  /** The config, where it was to be printed. */
  readonly text: string | null;
  readonly profile: StarterProfile;
  /** Command lines. */
  readonly next: readonly string[];
  /** Where the config is: paths in it begin there. */
  readonly folder: string;
  readonly cwd: string;
  readonly program: string;
}

export function initJson(report: InitReport): string {
  const { file, profile, text, next } = report;
  const secrets = starterSecrets(profile).map(secret => ({
    setting: secret.setting,
    ...secret.ref,
    command: storeCommand(secret, report),
  }));
  const document = { kind: 'sic.init', formatVersion: 1, file, profile: profile.name, secrets, next, text };
  return `${JSON.stringify(document, null, 2)}\n`;
}

export function initText(report: InitReport): string {
  const secrets = starterSecrets(report.profile);
  const width = Math.max(...secrets.map(({ title }) => title.length));
  const lines = secrets.map(secret => `  ${secret.title.padEnd(width)}  ${wayTo(secret, report)}\n`).join('');
  return `${report.shown} has the profile "${report.profile.name}": ${placeOf(report.profile)}.

Its secrets are not in it:

${lines}
Next:

${report.next.map(command => `  ${command}\n`).join('')}`;
}

function placeOf(profile: StarterProfile): string {
  return 'url' in profile
    ? profile.url
    : `${profile.tenant} of SuperOffice Online (${profile.environment === 'sod' ? 'development' : profile.environment === 'stage' ? 'stage' : 'production'})`;
}

/** How the secret gets to its place. */
function wayTo(secret: StarterSecret, report: InitReport): string {
  const { ref, kept } = secret;
  if (kept) return 'sic login gets and keeps it';
  if ('env' in ref) return `put it into the environment variable ${ref.env}`;
  return (
    storeCommand(secret, report) ?? `put it into ${placeIn(ref, report)}, which only you may read (mode 0600)`
  );
}

/** The command that asks for a secret and stores it; null: there is none for it. */
function storeCommand({ ref, kept, setting }: StarterSecret, report: InitReport): string | null {
  // The key is a file already, and of many lines.
  if (kept || 'env' in ref || setting === 'privateKey') return null;
  if ('keychain' in ref) return `${report.program} login --set ${ref.keychain}`;
  return `${report.program} login --set ${setting} --store ${shellWord(placeIn(ref, report))}`;
}

/** A path of the config, seen from the working directory. */
function placeIn(ref: { readonly file: string } | { readonly keychain: string }, report: InitReport): string {
  if ('keychain' in ref) return ref.keychain;
  const relative = path.relative(report.cwd, path.join(report.folder, ref.file));
  return relative.startsWith('..') ? path.join(report.folder, ref.file) : relative;
}
