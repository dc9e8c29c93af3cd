import type { OnlineEnvironment, SecretRef } from './config.ts';
import { type StarterSecret, type StarterSecretPlace, starterSecrets } from './starter-secrets.ts';

/** What a first config is about. Values are as people gave them, already found good. */
export interface Starter {
  /** `$schema`: where editors find the schema. */
  readonly schema: string;
  readonly profile: StarterProfile;
  readonly firstFile: FirstFile | null;
}

export type StarterProfile = StarterPlace & {
  readonly name: string;
  readonly secrets: StarterSecretPlace;
};

type StarterPlace =
  | {
      readonly auth: 'system-user' | 'oauth';
      readonly environment: OnlineEnvironment;
      readonly tenant: string;
      readonly clientId: string;
    }
  | { readonly auth: 'basic'; readonly url: string; readonly username: string }
  | { readonly auth: 'ticket'; readonly url: string };

/** A file that gets a mapping of its own. */
export interface FirstFile {
  /** Its base name. */
  readonly name: string;
  readonly datatype: string;
  /** null: sic finds out. */
  readonly separator: string | null;
}

/**
 * The text of a commented config file. Members that are left for later stand behind slashes, each on one line with its
 * comma, before those that are there: taking the slashes away is all it needs.
 */
export function starterText({ schema, profile, firstFile }: Starter): string {
  return `// How sic reaches your SuperOffice, and how your files become its fields. Comments may stay.
// What stands behind slashes, such as "integrationId", counts once they are taken away.
{
  "$schema": ${inline(schema)},

  // Every row of every file must carry this id, first and last: no row of another customer gets in.
  // "integrationId": "17PS01010001",

  // The profile that counts when neither --profile nor SIC_PROFILE names one.
  "defaultProfile": ${inline(profile.name)},

${mappingLines(firstFile)}

  // What happens with list values that SuperOffice does not have: add, reject, blank or default.
  // "lists": { "Category": { "missing": "add" }, "CountryName": { "missing": "reject" } },

  // Who becomes our contact where a file names somebody SuperOffice does not know. Without it: the signed-in user.
  // "fallbackAssociate": "ANDERSDYRE",

  // Who wins where a user changed a field since the last import: file, crm, or report to leave the row alone and tell.
  // "onConflict": "report",

  // What stops an import before its end, cleanly: sic resume goes on.
  // "brakes": { "maxErrors": "5%", "deadline": "06:00" },

  // How long runs are kept, and whether what they overwrite is kept with them, for sic undo.
  // "history": { "keepDays": 90, "keepValues": true },

  "profiles": {
    ${inline(profile.name)}: {
${profileLines(profile)}
    }
  }
}
`;
}

function mappingLines(file: FirstFile | null): string {
  const about = `  // A file whose columns are called like the fields (sic fields lists them) needs no mapping. Others: match says which
  // files, fields which column goes to which field; null leaves a column out.`;
  if (file === null)
    return `${about}
  // "mappings": [{ "match": "kunder*.csv", "datatype": "Company", "fields": { "Kundenr": "CompUserKey01", "Navn": "Name" } }],`;
  const separator = file.separator === null ? '' : `\n      "csv": ${inline({ separator: file.separator })},`;
  return `${about}
  "mappings": [
    {
      "match": ${inline(file.name)},
      "datatype": ${inline(file.datatype)},${separator}
      // "dates": "dd-MM-yyyy",
      // "decimal": ",",
      // "constants": { "Source": "ERP" },
      "fields": {
        // "Intern note": null
      }
    }
  ],`;
}

function profileLines(profile: StarterProfile): string {
  const place =
    'url' in profile
      ? [`"url": ${inline(profile.url)},`]
      : [
          '// sod is development, stage is stage, online is production.',
          `"environment": ${inline(profile.environment)},`,
          `"tenant": ${inline(profile.tenant)},`,
        ];
  return [
    ...place,
    '// The certificate authority of your company, where it is not a public one.',
    '// "ca": "company-ca.pem",',
    '// Most requests per second. SuperOffice asks for no more than 10.',
    '// "rate": 10,',
    '"auth": {',
    ...authLines(profile).map(line => `  ${line}`),
    '}',
  ]
    .map(line => `      ${line}`)
    .join('\n');
}

function authLines(profile: StarterProfile): string[] {
  const secrets = starterSecrets(profile).map(secretLine).join(',\n').split('\n');
  const reminder =
    '// A secret never stands in this file, only where it is: { "env": … }, { "keychain": … } or { "file": … }.';
  switch (profile.auth) {
    case 'system-user':
      return [
        '// The system user of your application: for jobs that nobody watches.',
        '"type": "system-user",',
        `"clientId": ${inline(profile.clientId)},`,
        reminder,
        ...secrets,
      ];
    case 'oauth':
      return [
        '// A person, who signs in with a browser: sic login',
        '"type": "oauth",',
        `"clientId": ${inline(profile.clientId)},`,
        '// Not for a native application, which has none.',
        '// "clientSecret": { "env": "SIC_CLIENT_SECRET" },',
        '// The port the browser comes back to. Without it: any free one.',
        '// "redirectPort": 7890,',
        ...secrets,
      ];
    case 'basic':
      return ['"type": "basic",', `"username": ${inline(profile.username)},`, reminder, ...secrets];
    case 'ticket':
      return ['"type": "ticket",', reminder, ...secrets];
  }
}

function secretLine({ setting, about, ref }: StarterSecret): string {
  return `// ${about}\n"${setting}": ${inline(ref satisfies SecretRef)}`;
}

/** JSON on one line, with spaces as people write them. */
function inline(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
}
