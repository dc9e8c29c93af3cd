import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { array, at, type Json, object, Tenant } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

const noDate = '0001-01-01T00:00:00';
const letter = 1;

async function create(body: Json = {}): Promise<Json> {
  return tenant.json('POST', '/v1/Document', { Header: 'Contract', ...body });
}

describe('create', () => {
  test('default: owner, the first template for documents, today, nothing saved', async () => {
    const entity = await tenant.json('GET', '/v1/Document/default');
    expect(entity).toMatchObject({
      DocumentId: 0,
      Type: 'Document',
      Completed: 'NotStarted',
      Associate: { Name: 'SIC' },
      DocumentTemplate: { DocumentTemplateId: letter, RecordType: 'Document' },
      LockSemantics: 'Locking',
      Snum: 0,
      Name: '',
      Contact: null,
      CreatedDate: noDate,
    });
    expect(String(entity.Date).slice(0, 10)).toBe(new Date().toISOString().slice(0, 10));
    expect(await tenant.json('GET', '/v1/Document')).toMatchObject({ value: [] });
    expect(await tenant.json('POST', '/v1/Agents/Document/CreateDefaultDocumentEntity')).toMatchObject({
      DocumentTemplate: { DocumentTemplateId: letter },
    });
  });

  test('a short body stands on the defaults; every template counts its documents', async () => {
    const DocumentTemplate = { DocumentTemplateId: 2 };
    const [first, second] = [await create({ DocumentTemplate }), await create({ DocumentTemplate })];
    const other = await create();
    expect(first).toMatchObject({ Snum: 1, Associate: { Name: 'SIC' }, UpdatedDate: noDate });
    expect(second).toMatchObject({ Snum: 2 });
    expect(other).toMatchObject({ Snum: 1, DocumentTemplate: { DocumentTemplateId: letter } });
  });

  test('the box has a template for files of any kind', async () => {
    const { json } = await tenant.call('GET', '/v1/MDOList/doctmpl', {
      headers: { 'accept-language': 'en' },
    });
    const template = array(json).find(item => item.Name === 'File');
    const DocumentTemplate = { DocumentTemplateId: template?.Id };
    expect(await create({ DocumentTemplate })).toMatchObject({
      DocumentTemplate: { ...DocumentTemplate, RecordType: 'Document' },
    });
  });

  test("a template's reference of ours is taken unless one is sent", async () => {
    const template = await tenant.json('POST', '/v1/List/DocumentTemplate/Items', {
      Name: 'Order',
      DefaultOref: 'ORD',
    });
    const DocumentTemplate = { DocumentTemplateId: template.DocumentTemplateId };
    expect(await create({ DocumentTemplate })).toMatchObject({ OurRef: 'ORD' });
    expect(await create({ DocumentTemplate, OurRef: 'mine' })).toMatchObject({ OurRef: 'mine' });
  });
});

describe('two rows', () => {
  async function everything(): Promise<Json> {
    return {
      Header: 'Contract 12',
      Name: 'contract12.pdf',
      Description: 'note',
      DocumentTemplate: { DocumentTemplateId: 2 },
      Attention: 'Dear Kari',
      OurRef: 'o-1',
      YourRef: 'y-1',
      ExternalRef: 'e-1',
      Date: '2026-07-01T12:00:00',
      Completed: 'Completed',
      Associate: { AssociateId: 2 },
      Contact: { ContactId: await tenant.company() },
      Person: { PersonId: await tenant.person() },
      Project: { ProjectId: (await tenant.json('POST', '/v1/Project', { Name: 'P' })).ProjectId },
      Sale: { SaleId: (await tenant.json('POST', '/v1/Sale', { Heading: 'S' })).SaleId },
      LockSemantics: 'None',
      IsPublished: true,
      VisibleFor: [{ Visibility: 'Associate', VisibleId: 2 }],
      CustomFields: { 'Siteshop:DocuUserKey01': 'D-1', 'Siteshop:DocuUserText04': 'long' },
    };
  }

  test('every property that an importer sets is kept', async () => {
    const sent = await everything();
    const { DocumentId } = await create(sent);
    expect(await tenant.json('GET', `/v1/Document/${DocumentId}`)).toMatchObject(sent);
    expect((await tenant.call('GET', `/v1/Document/${DocumentId}/Simple`)).status).toBe(404);
  });

  test('each column stands where SuperOffice has it', async () => {
    const sent = await everything();
    const { DocumentId } = await create(sent);
    const columns = {
      'document.header': 'Contract 12',
      'document.text_id.text': 'note',
      'document.appointment_id.document_id': DocumentId,
      'document.appointment_id.contact_id': at(sent, 'Contact', 'ContactId'),
      'document.appointment_id.sale_id': at(sent, 'Sale', 'SaleId'),
      'document.appointment_id.task_idx': 2,
      'document.appointment_id.type': 4,
      'document.appointment_id.do_by': '2026-07-01T12:00:00',
      'document.appointment_id.associate_id.name': expect.any(String),
      'document.userdef_id.string01': 'D-1',
    };
    const $filter = encodeURIComponent(`document.document_id = ${DocumentId}`);
    const answer = await tenant.json(
      'GET',
      `/v1/Archive/dynamic?$select=${Object.keys(columns).join(',')}&$filter=${$filter}`,
    );
    expect(at(answer, 'value', 0)).toMatchObject(columns);
  });

  test('its appointment row is no appointment', async () => {
    const { DocumentId } = await create();
    const answer = await tenant.json(
      'GET',
      `/v1/Archive/dynamic?$select=document.appointment_id&$filter=${encodeURIComponent(`document.document_id = ${DocumentId}`)}`,
    );
    const appointmentId = at(answer, 'value', 0, 'document.appointment_id');
    expect(appointmentId).toBeGreaterThan(0);
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/Simple'],
      ['DELETE', ''],
    ])
      expect((await tenant.call(method ?? '', `/v1/Appointment/${appointmentId}${path}`)).status).toBe(404);
    const filter = encodeURIComponent(`appointmentId eq ${appointmentId}`);
    expect(await tenant.json('GET', `/v1/Appointment?$filter=${filter}`)).toMatchObject({ value: [] });
  });

  test('a change of either row is a change of the document, a save without one is none', async () => {
    const { DocumentId } = await create({ Header: 'Same', Completed: 'Started' });
    const same = { Header: 'Same', Completed: 'Started' };
    const path = `/v1/Document/${DocumentId}`;
    expect(await tenant.json('PATCH', path, same)).toMatchObject({ UpdatedDate: noDate });
    const ContactId = await tenant.company();
    const changed = await tenant.json('PATCH', path, [
      { op: 'replace', path: '/Contact', value: { ContactId } },
      { op: 'test', path: '/Header', value: 'Same' },
    ]);
    expect(changed).toMatchObject({ Contact: { ContactId }, Header: 'Same', UpdatedBy: { Name: 'SIC' } });
    expect(changed.UpdatedDate).not.toBe(noDate);
    expect(await tenant.json('PATCH', path, { Contact: { ContactId: 0 } })).toMatchObject({ Contact: null });
  });

  test('PUT empties what it leaves out, the agent saves what it brings', async () => {
    const { DocumentId } = await create(await everything());
    const put = await tenant.json('PUT', `/v1/Document/${DocumentId}`, { Header: 'Only', Name: 'a.txt' });
    expect(put).toMatchObject({ Header: 'Only', Contact: null, OurRef: '', Description: '' });
    const saved = await tenant.json('POST', '/v1/Agents/Document/SaveDocumentEntity', {
      DocumentId,
      OurRef: 'again',
    });
    expect(saved).toMatchObject({ Header: 'Only', OurRef: 'again' });
  });

  test('delete takes both rows and what hangs on them', async () => {
    const { DocumentId } = await create({
      ...(await everything()),
      CustomFields: { 'Siteshop:DocuUserKey01': 'D-gone' },
    });
    const count = async (table: string, filter: string) => {
      const query = `$select=${table}.${table}_id&$filter=${encodeURIComponent(filter)}`;
      return array((await tenant.json('GET', `/v1/Archive/dynamic?${query}`)).value).length;
    };
    const left = async () => [
      await count('document', `document.document_id = ${DocumentId}`),
      await count('appointment', `appointment.document_id = ${DocumentId}`),
      await count('text', `text.owner_id = ${DocumentId} and text.type = 5`),
      await count('visiblefor', `visiblefor.recordId = ${DocumentId} and visiblefor.tableId = 10`),
      await count('uddocsmall', "uddocsmall.string01 = 'D-gone'"),
    ];
    expect(await left()).toEqual([1, 1, 1, 1, 1]);
    expect((await tenant.call('DELETE', `/v1/Document/${DocumentId}`)).status).toBe(204);
    expect(await left()).toEqual([0, 0, 0, 0, 0]);
  });
});

test.each<[string, Json, string]>([
  ['a template nobody has', { DocumentTemplate: { DocumentTemplateId: 999 } }, 'DocumentTemplate'],
  ['an appointment', { Type: 'inDiary' }, 'Type'],
  ['a title that is too long', { Header: 'x'.repeat(220) }, 'Header'],
  ['a name that is too long', { Name: 'x'.repeat(512) }, 'Name'],
  ['a person who is not there', { Person: { PersonId: 999_999 } }, 'Person'],
])('refused: %s', async (_, body, field) => {
  const reply = await tenant.call('POST', '/v1/Document', { body });
  expect(reply.status).toBe(400);
  expect(reply.json).toMatchObject({ ErrorMessage: expect.stringMatching(new RegExp(`^${field}: `)) });
});

describe('check-out', () => {
  const anders = { authorization: `Basic ${Buffer.from('ANDERSDYRE:sandbox').toString('base64')}` };

  async function lock(method: string, id: unknown, query = '', headers: Record<string, string> = {}) {
    const reply = await tenant.call(method, `/v1/Document/${id}/Lock${query}`, { headers });
    expect(reply.status, reply.text).toBe(200);
    return object(reply.json);
  }

  test('one has it, the others see who, and cannot change the file', async () => {
    const { DocumentId } = await create({ Name: 'a.txt' });
    expect(await lock('GET', DocumentId)).toEqual({ State: 'NotCheckedOut', AssociateId: 0, Name: '' });
    expect(await lock('POST', DocumentId)).toMatchObject({ Success: true, Type: 'None' });
    expect(await lock('GET', DocumentId)).toMatchObject({ State: 'CheckedOutOwn' });
    expect(await lock('GET', DocumentId, '', anders)).toMatchObject({
      State: 'CheckedOutOther',
      AssociateId: expect.any(Number),
    });
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect(await lock(method, DocumentId, '', anders)).toMatchObject({ Success: false, Type: 'Message' });
      const quiet = await lock(method, DocumentId, '?allowedReturnTypes=None', anders);
      expect(quiet).toMatchObject({ Success: false, Type: 'None', Value: '' });
    }
    const content = `/v1/Document/${DocumentId}/Content`;
    const theirs = await tenant.call('PUT', content, { body: '"aGVq"', headers: anders });
    expect(theirs.status).toBe(400);
    expect(theirs.json).toMatchObject({ ErrorMessage: expect.stringContaining('checked out by') });
    expect((await tenant.call('PUT', content, { body: '"aGVq"' })).status).toBe(200);
    expect(await lock('PUT', DocumentId)).toMatchObject({ Success: true, VersionId: '' });
    expect((await tenant.call('PUT', content, { body: '"aGVq"', headers: anders })).status).toBe(200);
  });

  test('versions are listed where the document keeps them', async () => {
    const { DocumentId } = await create({ LockSemantics: 'Versioning' });
    await lock('POST', DocumentId);
    await lock('DELETE', DocumentId);
    await lock('POST', DocumentId);
    const { VersionId } = await lock('PUT', DocumentId, '?versionDescription=signed');
    const { json } = await tenant.call('GET', `/v1/Document/${DocumentId}/Version`);
    expect(json).toMatchObject([{ DocumentId, VersionId, Description: 'signed' }]);
  });

  test('a document without locking says so', async () => {
    const { DocumentId } = await create({ LockSemantics: 'None' });
    expect(await lock('GET', DocumentId)).toMatchObject({ State: 'LockingNotSupported' });
    expect(await lock('POST', DocumentId)).toMatchObject({ Success: false });
  });
});
