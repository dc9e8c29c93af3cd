import { expect, test } from 'vitest';
import { type ProbeTarget, requireProbeAllowed } from '../../../src/cli/probe/permission.ts';
import { refusal } from '../../support/refusal.ts';

const sandbox: ProbeTarget = { kind: 'sandbox' };
const development: ProbeTarget = { kind: 'online', environment: 'sod', tenant: 'Cust12345' };
const stage: ProbeTarget = { kind: 'online', environment: 'stage', tenant: 'Cust12345' };
const production: ProbeTarget = { kind: 'online', environment: 'online', tenant: 'Cust12345' };
const onsite: ProbeTarget = { kind: 'onsite', url: 'https://crm.example.com:8443/SuperOffice' };

test.each<[string, ProbeTarget, string | null]>([
  ['the embedded SuperOffice', sandbox, null],
  ['the embedded SuperOffice by its name', sandbox, 'Sandbox'],
  ['a development tenant', development, null],
  ['a test tenant', stage, null],
  ['a test tenant by its name', stage, 'cust12345'],
  ['a production tenant by its name', production, 'Cust12345'],
  ['an installation by its host', onsite, 'crm.example.com'],
  ['an installation by its host and port', onsite, 'CRM.example.com:8443'],
])('goes ahead: %s', (_, target, named) => {
  expect(() => requireProbeAllowed(target, named)).not.toThrow();
});

test.each<[string, ProbeTarget, string | null, message: string, hint: string]>([
  [
    'a production tenant that is not named',
    production,
    null,
    'A probe makes and deletes records, and people may be at work in the production tenant Cust12345.',
    'Probe a development or test tenant instead. If this one is meant: --probe Cust12345',
  ],
  [
    'an installation that is not named',
    onsite,
    null,
    'A probe makes and deletes records, and people may be at work in the SuperOffice at crm.example.com:8443.',
    'Probe a development or test tenant instead. If this one is meant: --probe crm.example.com:8443',
  ],
  [
    'another production tenant',
    production,
    'Cust54321',
    '--probe names "Cust54321", but the profile leads to the production tenant Cust12345.',
    'Write --probe Cust12345 when that is meant, or choose another profile. Files stand before --probe, or behind --.',
  ],
  [
    'another test tenant',
    development,
    'Cust1234',
    '--probe names "Cust1234", but the profile leads to the test tenant Cust12345.',
    'Write --probe Cust12345 when that is meant, or choose another profile. Files stand before --probe, or behind --.',
  ],
  [
    'a file that was taken for a name',
    sandbox,
    'companies.csv',
    '--probe names "companies.csv", but the profile leads to the embedded SuperOffice.',
    'Write --probe Sandbox when that is meant, or choose another profile. Files stand before --probe, or behind --.',
  ],
  [
    'nothing for a name: an unset variable',
    development,
    '',
    '--probe names "", but the profile leads to the test tenant Cust12345.',
    'Write --probe Cust12345 when that is meant, or choose another profile. Files stand before --probe, or behind --.',
  ],
])('is refused: %s', async (_, target, named, message, hint) => {
  const error = await refusal(() => requireProbeAllowed(target, named));
  expect({ code: error.code, message: error.message, hint: error.hint }).toEqual({
    code: 'usage',
    message,
    hint,
  });
});
