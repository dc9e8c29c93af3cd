import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { basic } from './talk.ts';
import { webapi } from './webapi.ts';

let sandbox: RunningSandbox;
const config = (user: { readonly username: string; readonly password: string }) => ({
  headers: { Authorization: basic(user.username, user.password) },
});

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, data: null, latency: 0, seed: 'demo' });
});
afterEach(() => sandbox.close());

describe('UserDefinedFieldInfoAgent of @superoffice/webapi', () => {
  const { Contact } = webapi.UDefType;
  const agent = () => new webapi.UserDefinedFieldInfoAgent(`${sandbox.url}/api`, config(sandbox));

  it('reads the published fields of the seed', async () => {
    const fields = await agent().getPublishedUserDefinedFieldListAsync(Contact);
    const key = fields.find(field => field.progId === 'Siteshop:CompUserKey01');
    expect(key).toMatchObject({ fieldType: webapi.UDefFieldType.ShortText, type: Contact, isIndexed: true });
    const list = fields.find(field => field.fieldType === webapi.UDefFieldType.List);
    expect(list?.mdoListName).toMatch(/^udlist\d+$/);
    expect(await agent().getUserDefinedFieldFromProgIdAsync('Siteshop:CompUserKey01', Contact)).toMatchObject(
      {
        udefIdentity: key?.udefIdentity,
      },
    );
    expect(await agent().getPublishedUserDefinedFieldFromProgIdAsync('No:Such', Contact)).toBeNull();
    expect(await agent().getUserDefinedFieldInfoAsync(key?.uDefFieldId ?? 0)).toMatchObject({
      progId: key?.progId,
    });
    const custom = await agent().getCustomFieldInfoListAsync('contact', false);
    expect(custom.map(field => field.fieldName)).toEqual(fields.map(field => field.progId));
  });

  it('creates, saves, announces and publishes a field', async () => {
    const created = await agent().createUserDefinedFieldInfoAsync(Contact, webapi.UDefFieldType.Number);
    created.fieldLabel = 'Employees';
    created.progId = 'Test:Employees';
    const saved = await agent().saveUserDefinedFieldInfoAsync(created);
    expect(saved.uDefFieldId).toBeGreaterThan(0);
    expect(await agent().detectUnpublishedChangesAsync(Contact)).toBe(true);
    expect(await agent().isAnyPublishEventActiveAsync()).toBe(false);

    await expect(agent().publishAsync(Contact)).rejects.toMatchObject({ response: { status: 400 } });
    await agent().setPublishStartSystemEventAsync(Contact);
    expect(await agent().isAnyPublishEventActiveAsync()).toBe(true);
    expect(await agent().publishAsync(Contact)).toBeGreaterThan(0);
    expect(await agent().isAnyPublishEventActiveAsync()).toBe(false);
    await new webapi.ConfigurationAgent(`${sandbox.url}/api`, config(sandbox)).rebuildUdefDeltasAsync();

    const live = await agent().getPublishedUserDefinedFieldFromFieldLabelAsync('Employees:', Contact);
    expect(live).toMatchObject({
      progId: 'Test:Employees',
      udefIdentity: saved.udefIdentity,
      hasBeenPublished: true,
    });
  });

  it('changes, deletes and reverts', async () => {
    // The form with single arguments is broken in 12.4: it takes the field type for its options.
    const info = await agent().getUserDefinedFieldFromProgIdAsync('Siteshop:CompUserText01', Contact);
    const changed = await agent().changeFieldTypeAsync({
      info,
      fieldType: webapi.UDefFieldType.LongText,
      isIndexed: false,
    });
    expect(changed.fieldType).toBe(webapi.UDefFieldType.LongText);
    expect(await agent().detectColumnIdChangesAsync(Contact)).toBe(true);
    await agent().deleteUserDefinedFieldInfoAsync(info.uDefFieldId ?? 0);
    expect(await agent().getUserDefinedFieldFromProgIdAsync('Siteshop:CompUserText01', Contact)).toBeNull();
    await agent().revertAsync(Contact);
    expect(await agent().detectUnpublishedChangesAsync(Contact)).toBe(false);
  });

  it('is refused as an ordinary user', async () => {
    const ordinary = new webapi.UserDefinedFieldInfoAgent(`${sandbox.url}/api`, config(sandbox.ordinary));
    await expect(ordinary.setPublishStartSystemEventAsync(Contact)).rejects.toMatchObject({
      response: { status: 403 },
    });
  });
});

it('AssociateAgent of @superoffice/webapi reads a user', async () => {
  const agent = new webapi.AssociateAgent(`${sandbox.url}/api`, config(sandbox));
  expect(await agent.getAssociateAsync(1)).toMatchObject({
    name: 'SIC',
    type: webapi.UserType.SystemAssociate,
  });
});
