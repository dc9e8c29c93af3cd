import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webapi } from '../server/webapi.ts';
import { present, Tenant } from './tenant.ts';

type Base = typeof import('@superoffice/webapi/WebApiBase.js', { with: { 'resolution-mode': 'require' }});

/** The client's main module does not export the operations of its own patch. */
const { WebApiPatchOp }: Base = createRequire(import.meta.url)('@superoffice/webapi/WebApiBase.js');

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

/** What the client's constructors take: the root with a slash, and axios settings. */
function connection(): [baseUrl: string, config: { auth: { username: string; password: string } }] {
  const { url, username, password } = tenant.sandbox;
  return [`${url}/api/`, { auth: { username, password } }];
}

const key = 'Siteshop:CompUserKey01';

describe('ContactRestApi', () => {
  test('default, create, read, replace, patch in both forms, delete', async () => {
    const api = new webapi.ContactRestApi(...connection());
    const draft = await api.getDefaultAsync();
    expect(draft).toMatchObject({ contactId: 0, associate: { name: 'SIC' } });

    draft.name = 'Blåbær & Sønn';
    draft.orgNr = 'NO 987';
    draft.phones = [{ value: '+47 22 33 44 55', description: 'Main' }];
    draft.address = { ...draft.address, street: { city: 'Oslo' } };
    draft.customFields = { [key]: 'OC-1' };
    const created = await api.postAsync(draft);
    expect(created).toMatchObject({
      name: 'Blåbær & Sønn',
      orgNr: 'NO 987',
      phones: [{ value: '+47 22 33 44 55', strippedValue: '+4722334455', description: 'Main' }],
      customFields: { [key]: 'OC-1' },
    });
    const contactId = present(created.contactId);

    const read = await api.getByIdAsync(contactId);
    expect(read).toMatchObject({ address: { street: { city: 'Oslo' } } });

    read.department = 'Nord';
    const replaced = await api.putByIdAsync(contactId, read);
    expect(replaced).toMatchObject({
      department: 'Nord',
      name: 'Blåbær & Sønn',
      customFields: { [key]: 'OC-1' },
    });

    const patched = await api.patchByIdAsync(contactId, [
      { op: WebApiPatchOp.replace, path: '/department', value: 'Sør' },
      {
        op: WebApiPatchOp.replace,
        path: 'customFields',
        value: { 'Siteshop:CompUserNum01': '[I:7]' },
      },
    ]);
    expect(patched).toMatchObject({
      department: 'Sør',
      customFields: { [key]: 'OC-1', 'Siteshop:CompUserNum01': '[I:7]' },
    });

    const merged = await api.patchByIdAsync(contactId, { department: 'Vest' });
    expect(merged).toMatchObject({ department: 'Vest', orgNr: 'NO 987' });

    await api.deleteByIdAsync(contactId);
    await expect(api.getByIdAsync(contactId)).rejects.toMatchObject({ response: { status: 404 } });
  });

  test('the conditional headers', async () => {
    const api = new webapi.ContactRestApi(...connection());
    const contactId = present((await api.postAsync({ name: 'Nord' })).contactId);
    const exact = { timezone: 'UTC', timezoneInclude: true };
    const created = present((await api.getByIdAsync(contactId, exact)).createdDate);
    const earlier = new Date(created.getTime() - 1000);
    expect(await api.getByIdAsync(contactId, { ifModifiedSince: created })).toBeNull();
    expect(await api.getByIdAsync(contactId, { ifModifiedSince: earlier })).toMatchObject({ name: 'Nord' });
    const refused = { response: { status: 412 } };
    // The client sends it with GET too; the documents give it a meaning for writes only (reading.md, section 5.1).
    expect(await api.getByIdAsync(contactId, { ifUnmodifiedSince: earlier })).toMatchObject({ name: 'Nord' });
    await expect(
      api.putByIdAsync(contactId, { name: 'x' }, { ifUnmodifiedSince: earlier }),
    ).rejects.toMatchObject(refused);
    expect(await api.putByIdAsync(contactId, { name: 'x' }, { ifUnmodifiedSince: created })).toMatchObject({
      name: 'x',
    });
  });
});

describe('PersonRestApi', () => {
  test('create in a company, patch, delete', async () => {
    const contactId = await tenant.company({ Name: 'Nord' });
    const api = new webapi.PersonRestApi(...connection());
    const created = await api.postAsync({
      firstname: 'Åse',
      contact: { contactId },
      emails: [{ value: 'aase@nord.no' }],
      customFields: { 'Siteshop:PersUserKey01': 'P-1' },
    });
    expect(created).toMatchObject({
      firstname: 'Åse',
      fullName: 'Åse',
      contact: { contactId, name: 'Nord' },
      emails: [{ value: 'aase@nord.no' }],
      customFields: { 'Siteshop:PersUserKey01': 'P-1' },
    });
    const personId = present(created.personId);
    const patched = await api.patchByIdAsync(personId, [
      { op: WebApiPatchOp.add, path: '/mobilePhones/-', value: { value: '99' } },
    ]);
    expect(patched.mobilePhones).toMatchObject([{ value: '99' }]);
    await api.deleteByIdAsync(personId);
    await expect(api.getByIdAsync(personId)).rejects.toMatchObject({ response: { status: 404 } });
  });

  test('without a company it is refused with a reason', async () => {
    const api = new webapi.PersonRestApi(...connection());
    await expect(api.postAsync({ firstname: 'Ada' })).rejects.toMatchObject({
      response: { status: 400, data: { ErrorMessage: expect.stringContaining('Contact') } },
    });
  });
});

describe('ProjectRestApi', () => {
  test('default, create, replace, patch in both forms, delete', async () => {
    const api = new webapi.ProjectRestApi(...connection());
    const draft = await api.getDefaultAsync();
    draft.name = 'Havn';
    draft.endDate = new Date(Date.UTC(2027, 4, 31));
    draft.projectMembers = [{ personId: 2, projectMemberTypeId: 1 }];
    draft.customFields = { 'Siteshop:ProjUserKey01': 'P-1' };
    const created = await api.postAsync(draft);
    expect(created).toMatchObject({
      name: 'Havn',
      projectMembers: [{ personId: 2, projectMemberTypeName: expect.stringContaining('Project manager') }],
      customFields: { 'Siteshop:ProjUserKey01': 'P-1' },
    });
    const projectId = present(created.projectId);
    const entity = await tenant.json('GET', `/v1/Project/${projectId}`);
    expect(entity.EndDate).toBe('2027-05-31T00:00:00');
    const read = await api.getByIdAsync(projectId);
    read.completed = true;
    const replaced = await api.putByIdAsync(projectId, read);
    expect(replaced).toMatchObject({ completed: true, name: 'Havn', projectMembers: [{ personId: 2 }] });
    const patched = await api.patchByIdAsync(projectId, [
      { op: WebApiPatchOp.replace, path: '/projectStatus', value: { id: 3 } },
    ]);
    expect(patched).toMatchObject({ projectStatus: { id: 3 } });
    expect(await api.patchByIdAsync(projectId, { name: 'Kai' })).toMatchObject({ name: 'Kai' });
    await api.deleteByIdAsync(projectId);
    await expect(api.getByIdAsync(projectId)).rejects.toMatchObject({ response: { status: 404 } });
  });
});

describe('SaleRestApi', () => {
  test('default, create, replace, patch in both forms, delete', async () => {
    const contactId = await tenant.company({ Name: 'Nord' });
    const api = new webapi.SaleRestApi(...connection());
    const draft = await api.getDefaultAsync();
    draft.heading = 'Ordre 77';
    draft.contact = { contactId };
    draft.saledate = new Date(Date.UTC(2026, 0, 7));
    draft.amount = 200;
    draft.earning = 50;
    draft.earningPercent = 25;
    draft.customFields = { 'Siteshop:SaleUserKey01': 'S-1' };
    const created = await api.postAsync(draft);
    expect(created).toMatchObject({
      heading: 'Ordre 77',
      contact: { contactId, name: 'Nord' },
      amount: 200,
      status: webapi.SaleStatus.Open,
      customFields: { 'Siteshop:SaleUserKey01': 'S-1' },
    });
    const saleId = present(created.saleId);
    expect((await tenant.json('GET', `/v1/Sale/${saleId}`)).Saledate).toBe('2026-01-07T00:00:00');
    const read = await api.getByIdAsync(saleId);
    read.rating = { id: 3 };
    read.probability = 40;
    const replaced = await api.putByIdAsync(saleId, read);
    expect(replaced).toMatchObject({ rating: { id: 3 }, probability: 40, earning: 50 });
    const patched = await api.patchByIdAsync(saleId, [
      { op: WebApiPatchOp.replace, path: '/rating', value: { id: 4 } },
      { op: WebApiPatchOp.replace, path: '/amount', value: 400 },
    ]);
    expect(patched).toMatchObject({ probability: 60, amount: 400, earning: 100 });
    expect(await api.patchByIdAsync(saleId, { heading: 'Ordre 78' })).toMatchObject({ heading: 'Ordre 78' });
    await api.deleteByIdAsync(saleId);
    await expect(api.getByIdAsync(saleId)).rejects.toMatchObject({ response: { status: 404 } });
  });
});

describe('agents', () => {
  test('ProjectAgent and SaleAgent: default, save, get, probability, validate, delete', async () => {
    const projects = new webapi.ProjectAgent(...connection());
    const project = await projects.createDefaultProjectEntityAsync();
    project.name = 'Havn';
    const projectId = present((await projects.saveProjectEntityAsync(project)).projectId);
    expect(await projects.getProjectEntityAsync(projectId)).toMatchObject({ name: 'Havn' });

    const sales = new webapi.SaleAgent(...connection());
    const sale = await sales.createDefaultSaleEntityAsync();
    sale.heading = 'Ordre';
    sale.project = { projectId };
    const saleId = present((await sales.saveSaleEntityAsync(sale)).saleId);
    expect(await sales.getSaleEntityAsync(saleId)).toMatchObject({ project: { projectId, name: 'Havn' } });
    expect(await sales.getProbabilityFromStageAsync(3)).toBe(40);
    expect(await sales.validateSaleEntityAsync({ rating: { id: 99 } })).toHaveProperty('Rating');
    await sales.deleteSaleEntityAsync(saleId);
    expect(await sales.getSaleEntityAsync(saleId)).toBeNull();
    await projects.deleteProjectEntityAsync(projectId);
    expect(await projects.getProjectEntityAsync(projectId)).toBeNull();
  });

  test('ContactAgent: default, save, interests, get, validate, delete', async () => {
    const agent = new webapi.ContactAgent(...connection());
    const draft = await agent.createDefaultContactEntityAsync();
    draft.name = 'Nord';
    const contactId = present((await agent.saveContactEntityAsync(draft)).contactId);
    await agent.updateInterestsAsync(contactId, [1], []);
    const read = await agent.getContactEntityAsync(contactId);
    expect(read.interests).toMatchObject([{ selected: true }, { selected: false }, { selected: false }]);
    expect(await agent.validateContactEntityAsync({ name: '' })).toHaveProperty('Name');
    await agent.deleteContactEntityAsync(contactId);
    expect(await agent.getContactEntityAsync(contactId)).toBeNull();
  });

  test('PersonAgent: default, save, get, delete', async () => {
    const agent = new webapi.PersonAgent(...connection());
    const draft = await agent.createDefaultPersonEntityAsync();
    draft.firstname = 'Ada';
    draft.birthDate = new Date(Date.UTC(1999, 4, 13));
    draft.contact = { contactId: 1 };
    const personId = present((await agent.savePersonEntityAsync(draft)).personId);
    const read = await agent.getPersonEntityAsync(personId);
    expect(read).toMatchObject({ firstname: 'Ada', contact: { contactId: 1 } });
    expect((await tenant.json('GET', `/v1/Person/${personId}`)).BirthDate).toBe('1999-05-13T00:00:00');
    await agent.deletePersonEntityAsync(personId);
    expect(await agent.getPersonEntityAsync(personId)).toBeNull();
  });
});
