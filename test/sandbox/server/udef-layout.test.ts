import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { caller, type Reply } from './talk.ts';

type Json = Readonly<Record<string, unknown>>;

let sandbox: RunningSandbox;
let call: ReturnType<typeof caller>;
const layout = '/v1/Contact/UdefLayout';
const list = (reply: Reply): readonly Json[] => (Array.isArray(reply.json) ? reply.json : []);
const template = async (type: string): Promise<Json> => ({
  ...Object(await call('POST', `${layout}?udefFieldType=${type}`).then(reply => reply.json)),
});
const put = (...body: readonly unknown[]) => call('PUT', layout, { body });

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'empty' });
  call = caller(sandbox);
});
afterEach(() => sandbox.close());

describe('a new field', () => {
  it('goes from template over draft to published', async () => {
    const keyField = {
      ...(await template('ShortText')),
      FieldLabel: 'Company key',
      ProgId: 'Siteshop:CompUserKey01',
      IsIndexed: true,
    };
    expect(list(await call('GET', layout))).toEqual([]);
    expect(keyField).toMatchObject({
      UDefFieldId: 0,
      UdefIdentity: 0,
      TextLength: 39,
      TemplateVariableName: null,
    });

    const [drafted] = list(await put(keyField));
    expect(drafted).toMatchObject({ HasBeenPublished: false, TemplateVariableName: null, IsIndexed: true });
    expect(list(await call('GET', `${layout}/Published`))).toEqual([]);
    expect((await call('GET', `${layout}/Changed`)).json).toBe(true);
    expect((await call('GET', `${layout}/Changed?columnChangesOnly=true`)).json).toBe(false);
    expect((await call('GET', `${layout}/Publish`)).json).toBe(false);

    expect((await call('POST', `${layout}/Publish`)).json).toEqual(expect.any(Number));
    expect((await call('POST', '/v1/Agents/Configuration/RebuildUdefDeltas')).status).toBe(204);
    expect((await call('GET', `${layout}/Changed`)).json).toBe(false);
    const live = await call('GET', `${layout}/Published/Siteshop:CompUserKey01`);
    expect(live.json).toMatchObject({
      ProgId: 'Siteshop:CompUserKey01',
      UdefIdentity: drafted?.UdefIdentity,
      TemplateVariableName: 'cs01',
      Type: 'Contact',
      HasBeenPublished: true,
    });
    expect(live.json).toHaveProperty(
      'UDefFieldId',
      expect.not.toSatisfy(id => id === drafted?.UDefFieldId),
    );
    expect((await call('GET', `${layout}/Published/Company%20key`)).status).toBe(200);
    expect((await call('GET', `${layout}/Published/siteshop:compuserkey01`)).status).toBe(404);
  });

  it('gets a Prog ID when it has none, and camelCase names are read', async () => {
    const [field] = list(await put({ fieldType: 'Decimal', fieldLabel: 'Rate' }));
    expect(field).toMatchObject({
      ProgId: `SuperOffice:${field?.UdefIdentity}`,
      FieldType: 'Decimal',
      TextLength: 0,
    });
  });

  it('is shown as custom field once it is live', async () => {
    await put({ FieldType: 'UnlimitedDate', FieldLabel: 'NO:"Dato";US:"Day"', ProgId: 'T:Day' });
    expect((await call('GET', '/v1/Contact/CustomField/T:Day')).status).toBe(404);
    await call('POST', `${layout}/Publish`);
    const reply = await call('GET', '/v1/Contact/CustomField/T:Day', {
      headers: { 'accept-language': 'en-GB,en;q=0.8' },
    });
    expect(reply.json).toMatchObject({
      FieldName: 'T:Day',
      FieldType: 'Date',
      DisplayName: 'Day',
      TemplateVariableName: 'cs05',
    });
    expect(list(await call('GET', '/v1/Contact/CustomField'))).toHaveLength(1);
    const fields = list(await call('GET', '/v1/Schema/CONTACT'));
    expect(fields).toEqual(list(await call('GET', '/v1/Contact/CustomField')));
    expect((await call('GET', '/v1/Schema/contact/T:Day')).json).toEqual(fields[0]);
    expect((await call('GET', '/v1/Schema/contact/t:day')).status).toBe(404);
    const all = list(await call('GET', '/v1/Schema/contact?includeStandard=true'));
    expect(all.at(-1)).toEqual(fields[0]);
    expect(all).toContainEqual(expect.objectContaining({ FieldName: 'orgNr', FieldType: 'ShortText' }));
    expect(list(await call('GET', '/v1/Schema/country'))).toEqual([]);
    expect((await call('GET', '/v1/Schema/nothing')).status).toBe(404);
  });
});

describe('changes', () => {
  beforeEach(async () => {
    await put(
      { FieldType: 'Number', FieldLabel: 'N', ProgId: 'T:N' },
      { FieldType: 'ShortText', FieldLabel: 'S', ProgId: 'T:S' },
    );
    await call('POST', `${layout}/Publish`);
  });

  it('keep the fields that are not named, and renumber all at publish', async () => {
    const before = list(await call('GET', `${layout}/Published`));
    await put({ ...before[0], FieldLabel: 'Renamed' });
    await call('POST', `${layout}/Publish`);
    const after = list(await call('GET', `${layout}/Published`));
    expect(after.map(field => field.FieldLabel)).toEqual(['Renamed', 'S']);
    expect(after.map(field => field.LastVersionId)).toEqual(before.map(field => field.UDefFieldId));
    expect(after.map(field => field.UdefIdentity)).toEqual(before.map(field => field.UdefIdentity));
    expect(after.map(field => field.TemplateVariableName)).toEqual(
      before.map(field => field.TemplateVariableName),
    );
  });

  it('are thrown away by Revert', async () => {
    expect((await call('DELETE', `${layout}/T:N`)).status).toBe(204);
    expect(list(await call('GET', layout))).toHaveLength(1);
    expect(list(await call('GET', `${layout}/Published`))).toHaveLength(2);
    expect((await call('POST', `${layout}/Revert`)).status).toBe(204);
    expect(list(await call('GET', layout))).toHaveLength(2);
    expect((await call('GET', `${layout}/Changed`)).json).toBe(false);
  });

  it('remove a field for good when they are published', async () => {
    await call('DELETE', `${layout}/S`);
    await call('POST', `${layout}/Publish`);
    expect(list(await call('GET', `${layout}/Published`)).map(field => field.ProgId)).toEqual(['T:N']);
    expect((await call('DELETE', `${layout}/S`)).status).toBe(404);
  });

  it('of the type move the field to another column', async () => {
    const changed = await call('POST', `${layout}/T:N/ChangeTo/LongText?isIndexed=true`);
    expect(changed.json).toMatchObject({ FieldType: 'LongText', TextLength: 199, IsIndexed: true });
    expect((await call('GET', `${layout}/Changed?columnChangesOnly=true`)).json).toBe(true);
    await call('POST', `${layout}/Publish`);
    expect((await call('GET', `${layout}/Published/T:N`)).json).toMatchObject({
      TemplateVariableName: 'cs41',
    });
    expect((await call('POST', `${layout}/T:X/ChangeTo/Number`)).status).toBe(404);
    expect((await call('POST', `${layout}/T:N/ChangeTo/Colour`)).status).toBe(400);
  });
});

describe('refusals', () => {
  it.each([
    ['a Prog ID twice', [{ ProgId: 'T:A' }, { ProgId: 'T:A' }]],
    ['mandatory and read-only', [{ ProgId: 'T:A', IsMandatory: true, IsReadOnly: true }]],
    ['a length no column has', [{ ProgId: 'T:A', TextLength: 40 }]],
    ['a list without its list', [{ ProgId: 'T:A', FieldType: 'List' }]],
    ['a user-defined list without definition', [{ ProgId: 'T:A', FieldType: 'List', ListTableId: 136 }]],
    ['an unknown type', [{ ProgId: 'T:A', FieldType: 'Money' }]],
    ['a label that is no text', [{ ProgId: 'T:A', FieldLabel: 5 }]],
    ['an eleventh decimal', Array.from({ length: 11 }, () => ({ FieldType: 'Decimal' }))],
  ])('%s leaves no trace', async (_, body) => {
    const reply = await put(...body);
    expect(reply.status).toBe(400);
    expect(reply.json).toMatchObject({ ErrorType: 'ArgumentException' });
    expect(list(await call('GET', layout))).toEqual([]);
  });

  it('answers 404 to an id that is not in the draft', async () => {
    expect((await put({ UDefFieldId: 99, FieldLabel: 'x' })).status).toBe(404);
  });

  it('takes layout changes from administrators only', async () => {
    const ordinary = caller(sandbox, sandbox.ordinary);
    for (const [method, path, body] of [
      ['PUT', layout, []],
      ['POST', `${layout}?udefFieldType=Number`, undefined],
      ['POST', `${layout}/Publish`, undefined],
      ['DELETE', `${layout}/T:A`, undefined],
      ['POST', '/v1/Agents/UserDefinedFieldInfo/Publish', { OwnerType: 'Contact' }],
    ] as const) {
      const reply = await ordinary(method, path, body === undefined ? {} : { body });
      expect(reply.status).toBe(403);
      expect(reply.json).toMatchObject({ ErrorType: 'SoFunctionRightException' });
    }
    expect((await ordinary('GET', `${layout}/Published`)).status).toBe(200);
  });
});
