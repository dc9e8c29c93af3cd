import { type Call, get, post, put, remove } from './call.ts';
import { massOperationCalls } from './mass-operation-calls.ts';
import { serviceCalls } from './service-calls.ts';

export type { Call } from './call.ts';

const customFields = {
  'Siteshop:{prefix}UserKey01': 'K-1',
  'Siteshop:{prefix}UserNum01': '[I:7]',
  'Siteshop:{prefix}UserDec01': '[F:1.5]',
  'Siteshop:{prefix}UserCheck01': '[I:1]',
  'Siteshop:{prefix}UserDate01': '[D:05/31/2020]',
  'Siteshop:{prefix}UserList01': '[I:1]',
};

function customFieldsOf(prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(customFields).map(([name, value]) => [name.replace('{prefix}', prefix), value]),
  );
}

const element = { Value: '+47 22 33 44 55', Description: 'main' };
const email = { Value: 'post@fjord.no', Description: '' };
const url = { Value: 'https://fjord.no', Description: '' };
const place = { Address1: 'Strandgata 1', Zipcode: '5003', City: 'Bergen', County: 'Vestland', State: '' };

/** A company with something in every property that can be written. */
const company = {
  Name: 'Fjord AS',
  Department: 'Bergen',
  OrgNr: '987654321',
  Number1: 'F1',
  Description: 'note',
  Associate: { AssociateId: 2 },
  SupportAssociate: { AssociateId: 3 },
  SupportPerson: { PersonId: 1 },
  TicketPriority: { Id: 2 },
  Business: { Id: 2 },
  Category: { Id: 1 },
  Country: { CountryId: 578 },
  Address: { Street: place, Postal: place },
  Phones: [element],
  Faxes: [element],
  Emails: [email],
  Urls: [url],
  Interests: [{ Id: 1, Selected: true }],
  Domains: ['fjord.no'],
  CustomFields: customFieldsOf('Comp'),
};

const person = {
  Firstname: 'Kari',
  Lastname: 'Nordmann',
  Mrmrs: 'Ms',
  Title: 'CEO',
  BirthDate: '1980-05-17T00:00:00',
  Description: 'note',
  Position: { Id: 1 },
  SupportAssociate: { AssociateId: 3 },
  TicketPriority: { Id: 2 },
  Address: { Street: place },
  Emails: [email],
  OfficePhones: [element],
  MobilePhones: [element],
  PrivatePhones: [element],
  OtherPhones: [element],
  Faxes: [element],
  Urls: [url],
  Interests: [{ Id: 1, Selected: true }],
  CustomFields: customFieldsOf('Pers'),
};

const project = {
  Name: 'Harbour',
  Description: 'note',
  Postit: 'remember',
  Associate: { AssociateId: 2 },
  ProjectType: { Id: 2 },
  ProjectStatus: { Id: 1 },
  EndDate: '2027-05-31T00:00:00',
  PublishEventDate: '2027-05-31T00:00:00',
  IsPublished: true,
  Urls: [url],
  ProjectMembers: [{ PersonId: '{person}', ProjectMemberTypeId: 1, Comment: 'leads' }],
  Links: [{ EntityName: 'contact', Id: '{company}', Description: 'customer' }],
  CustomFields: customFieldsOf('Proj'),
};

const sale = {
  Heading: 'Order 77',
  SaleText: 'note',
  Postit: 'remember',
  Contact: { ContactId: '{company}' },
  Person: { PersonId: '{person}' },
  Project: { ProjectId: '{project}' },
  Associate: { AssociateId: 2 },
  SaleType: { Id: 2 },
  Rating: { Id: 3 },
  Saledate: '2026-01-07T00:00:00',
  Amount: 15980.27,
  EarningPercent: 40,
  Currency: { Id: 2 },
  Source: { Id: 1 },
  Competitor: { Id: 1 },
  Credited: { Id: 1 },
  Reason: { Id: 1 },
  ReasonSold: { Id: 1 },
  ReasonStalled: { Id: 1 },
  ReopenDate: '2026-02-07T00:00:00',
  Status: 'Stalled',
  Completed: 'Started',
  Links: [{ EntityName: 'project', Id: '{project}' }],
  VisibleFor: [{ Visibility: 'Group', VisibleId: 1 }],
  CustomFields: customFieldsOf('Sale'),
};

const appointment = {
  Task: { TaskListItemId: 1 },
  Type: 'inDiary',
  Associate: { AssociateId: 2 },
  Contact: { ContactId: '{company}' },
  Person: { PersonId: '{person}' },
  Project: { ProjectId: '{project}' },
  Sale: { SaleId: '{sale}' },
  Title: 'Kick-off',
  Description: 'note',
  Agenda: 'agenda',
  InternalNotes: 'internal',
  StartDate: '2026-10-20T15:30:00',
  EndDate: '2026-10-20T16:00:00',
  ActiveDate: '2026-10-20T15:30:00',
  Completed: 'Started',
  Priority: { Id: 1 },
  Private: 'PrivateGroup',
  Location: 'Bergen',
  HasAlarm: true,
  AlarmLeadTime: '00:10:00',
  Participants: [
    { AssociateId: 2 },
    { PersonId: '{person}', SendEmail: true, EmailAddress: 'kari@fjord.no' },
  ],
  Links: [{ EntityName: 'project', Id: '{project}' }],
  VisibleFor: [{ Visibility: 'Group', VisibleId: 1 }],
  CustomFields: customFieldsOf('Appo'),
};

const document = {
  Header: 'Contract 12',
  Name: 'contract12.pdf',
  Description: 'note',
  DocumentTemplate: { DocumentTemplateId: 1 },
  Attention: 'Dear Kari',
  OurRef: 'o-1',
  YourRef: 'y-1',
  ExternalRef: 'e-1',
  Date: '2026-07-01T12:00:00',
  Completed: 'Completed',
  Associate: { AssociateId: 2 },
  Contact: { ContactId: '{company}' },
  Person: { PersonId: '{person}' },
  Project: { ProjectId: '{project}' },
  Sale: { SaleId: '{sale}' },
  LockSemantics: 'Versioning',
  Links: [{ EntityName: 'contact', Id: '{company}' }],
  VisibleFor: [{ Visibility: 'Associate', VisibleId: 2 }],
  CustomFields: customFieldsOf('Docu'),
};

/** Agents without a file in the folder. */
const unspecifiedAgents = ['Project', 'Appointment'] as const;

/** Verbs and agents of one entity; `changed` is sent by PUT. */
function entityCalls(
  name: 'Contact' | 'Person' | 'Project' | 'Sale' | 'Appointment' | 'Document',
  id: string,
  body: object,
  changed: object = { Description: 'changed' },
): Call[] {
  const calls = [
    get(`/v1/${name}/default`),
    post(`/v1/${name}/Validate`, body),
    get(`/v1/${name}/${id}`),
    get(`/v1/${name}`),
    get(`/v1/${name}?$mode=full`),
    put(`/v1/${name}/${id}`, { ...body, ...changed }),
    get(`/v1/${name}/999999`),
    ...(name === 'Document' ? [] : [get(`/v1/${name}/${id}/Simple`), get(`/v1/${name}/999999/Simple`)]),
  ];
  return unspecifiedAgents.some(agent => agent === name) ? calls : [...calls, ...agentCalls(name, id, body)];
}

function agentCalls(name: string, id: string, body: object): Call[] {
  const agent = `/v1/Agents/${name}`;
  return [
    post(`${agent}/CreateDefault${name}Entity`),
    post(`${agent}/Save${name}Entity`, body),
    post(`${agent}/Get${name}Entity?${name.toLowerCase()}EntityId=${id}`),
    post(`${agent}/Get${name}Entity?${name.toLowerCase()}EntityId=999999`),
    post(`${agent}/Validate${name}Entity`, { [`${name}Entity`]: body }),
  ];
}

function interestCall(name: string, id: string): Call {
  const body = { [`${name}Id`]: id, EnableInterestIds: [1], DisableInterestIds: [2] };
  return post(`/v1/Agents/${name}/UpdateInterests`, body);
}

const inCompany = { ...person, Contact: { ContactId: '{company}' } };

const entities: Call[] = [
  { ...post('/v1/Contact', company), remember: ['ContactId', 'company'] },
  { ...post('/v1/Person', inCompany), remember: ['PersonId', 'person'] },
  ...entityCalls('Contact', '{company}', company),
  ...entityCalls('Person', '{person}', inCompany),
  interestCall('Contact', '{company}'),
  interestCall('Person', '{person}'),
  { ...post('/v1/Project', project), remember: ['ProjectId', 'project'] },
  { ...post('/v1/Sale', sale), remember: ['SaleId', 'sale'] },
  ...entityCalls('Project', '{project}', project),
  ...entityCalls('Sale', '{sale}', sale, { SaleText: 'changed' }),
  post('/v1/Agents/Sale/GetProbabilityFromStage', { StageId: 3 }),
  { ...post('/v1/Appointment', appointment), remember: ['AppointmentId', 'appointment'] },
  { ...post('/v1/Document', document), remember: ['DocumentId', 'document'] },
  ...entityCalls('Appointment', '{appointment}', appointment),
  ...entityCalls('Document', '{document}', document),
  put('/v1/Document/{document}/Content', 'aGVq'),
  {
    ...get('/v1/Document/{document}/Content'),
    documentedOtherwise: 'section 4 of writing.md shows raw bytes and a base64 text, both of one schema',
  },
  post('/v1/Document/{document}/Content?uiCulture=en-US', { tag1: 'value' }),
  get('/v1/Document/{document}/Length'),
  post('/v1/Document/{document}/Lock'),
  get('/v1/Document/{document}/Lock'),
  put('/v1/Document/{document}/Lock?versionDescription=first'),
  get('/v1/Document/{document}/Version'),
  remove('/v1/Document/{document}/Lock'),
  post('/v1/Agents/Document/SetDocumentStreamFromId', { DocumentId: '{document}', Stream: 'aGVq' }),
  post('/v1/Agents/Document/SetDocumentStream', {
    DocumentEntity: { DocumentId: '{document}' },
    Stream: 'aGVq',
    OverwriteExistingData: true,
  }),
  post('/v1/Agents/Document/RenameDocument', { DocumentId: '{document}', NewFilename: 'new.pdf' }),
  remove('/v1/Document/{document}/Content'),
  ...['Contact/{company}', 'Person/{person}'].flatMap(owner => [
    get(`/v1/${owner}/Appointments`),
    get(`/v1/${owner}/Documents`),
  ]),
  get('/v1/Contact/{company}/Persons'),
  get('/v1/Contact/999999/Persons'),
  get('/v1/Contact/{company}/Sales'),
  get('/v1/Person/{person}/Sales'),
  get('/v1/Contact/Duplicates/Fjord%20AS?department=Bergen'),
  get('/v1/Project/Duplicates/harbour'),
  post('/v1/Person/{person}/MoveTo/1?moveAfterDate=2026-01-01T00:00:00'),
];

const columns = ['contactId', 'name', 'category', 'associateId', 'updatedDate', 'contactInterestIds'];
const restriction = { Name: 'contactId', Operator: 'gt', Values: ['0'], IsActive: true };
const asArrays = {
  ProviderName: 'SimpleContact',
  Columns: columns,
  SortOrder: [{ Name: 'contactId', Direction: 'ASC' }],
  Restriction: [restriction],
  Entities: ['contact'],
  Page: 0,
  PageSize: 10,
};
const asTexts = {
  ProviderName: 'SimpleContact',
  Columns: columns.join(','),
  SortOrder: 'contactId asc',
  Restrictions: 'contactId gt 0',
  Restriction: 'contactId gt 0',
  Entities: 'contact',
  Page: 0,
  PageSize: 10,
};

const archives: Call[] = [
  {
    ...get('/v1/Archive'),
    documentedOtherwise: 'section 7.1 shows odata.metadata and an array of providers',
  },
  ...[
    'SimpleContact',
    'SimplePerson',
    'Person',
    'FindContact',
    'SimpleProject',
    'SimpleAppointment',
    'FindAppointment',
    'Appointment',
    'SimpleDocument',
    'FindDocument',
    'Document',
    'FindProject',
    'SimpleSale',
    'FindSale',
    'Ticket',
    'SimpleTicket',
    'TicketMessage',
    'ForeignKeys',
    'AllUsers',
    'InternalUsers',
  ].flatMap(name => [
    get(`/v1/Archive/${name}`),
    get(`/v1/Archive/${name}?$mode=full`),
    {
      ...get(`/v1/Archive/${name}/$metadata`),
      documentedOtherwise: 'section 7.5 shows an object keyed by column name',
    },
    post('/v1/Agents/Archive/GetAvailableColumns', { ProviderName: name, Context: '' }),
    post('/v1/Agents/Archive/GetAvailableEntities', { ProviderName: name, Context: '' }),
  ]),
  get('/v1/Archive/dynamic?$select=contact.name,contact.category_idx.name'),
  post('/v1/Archive/SimpleContact', { $select: 'contactId' }),
  ...['', 'WithContext', 'WithHeader', 'WithHeaderWithContext'].flatMap(variant => [
    post(`/v1/Agents/Archive/GetArchiveListByColumns${variant}`, asArrays),
    post(`/v1/Agents/Archive/GetArchiveListByColumns${variant}2`, asTexts),
  ]),
  post('/v1/Agents/Archive/GetProviderNames'),
  get('/v1/User'),
  get('/v1/User/currentPrincipal'),
  get('/v1/User/currentAssociate'),
  get('/v1/User/currentToken'),
  post('/v1/Agents/Associate/GetAssociate?associateId=2'),
  post('/v1/Agents/Associate/GetAssociateByPersonId', { PersonId: 1 }),
  post('/v1/Agents/Associate/GetAssociateList', [1, 2, 3]),
  post('/v1/Agents/Associate/GetAssociatesByGroup', { GroupId: 1, Type: 'InternalAssociate' }),
];

const mdoRequest = {
  Name: 'category',
  ListName: 'category',
  Id: 1,
  ForceFlatList: true,
  AdditionalInfo: '',
  OnlyHistory: false,
  SearchValue: 'k',
};

const mdoLists: Call[] = [
  get('/v1/MDOList'),
  ...['category', 'business', 'associate', 'ejcategory', 'salestage'].flatMap(name => [
    get(`/v1/MDOList/${name}?additional=SaleTypeID=1`),
    get(`/v1/MDOList/${name}/selectable?additional=SaleTypeID=1`),
  ]),
  ...[
    'GetList',
    'GetSimpleList',
    'GetListWithHistory',
    'GetListWithRestriction',
    'GetListItem',
    'GetListNames',
    'GetListIdByListName',
    'GetSelectableList',
    'GetSelectableSimpleList',
    'GetSelectableListWithHistory',
    'GetSelectableListWithRestriction',
  ].map(name => post(`/v1/Agents/MDO/${name}`, mdoRequest)),
  post('/v1/Agents/MDO/SetSelected', { Name: 'category', SelectableMDOList: [] }),
];

const item = { Name: 'Wholesaler', Tooltip: 'new' };

const lists: Call[] = [
  get('/v1/List'),
  get('/v1/List/default'),
  {
    ...post('/v1/List', { Name: 'Colour', Tooltip: '', IsCustomList: true }),
    remember: ['Id', 'list'],
  },
  get('/v1/List/{list}'),
  put('/v1/List/{list}', { Name: 'Colours' }),
  { ...post('/v1/List/{list}/Items', item), remember: ['Id', 'item'] },
  put('/v1/List/{list}/Items', [{ Id: '{item}', Name: 'Retailer' }]),
  get('/v1/List/{list}/Items?includeDeleted=true'),
  get('/v1/List/{list}/Items/{item}'),
  put('/v1/List/{list}/Items/{item}', item),
  get('/v1/List/{list}/Items/999999'),
  { ...post('/v1/List/{list}/Headings', { Name: 'Warm' }), remember: ['HeadingId', 'heading'] },
  put('/v1/List/{list}/Headings', [{ HeadingId: '{heading}', Name: 'Warm ones' }]),
  get('/v1/List/{list}/Headings'),
  get('/v1/List/{list}/Items/{item}/Headings'),
  put('/v1/List/{list}/Items/{item}/Headings', [{ Id: '{heading}', Selected: true }]),
  get('/v1/List/{list}/Items/{item}/UserGroups'),
  put('/v1/List/{list}/Items/{item}/UserGroups', [{ Id: 1, Selected: true }]),
  get('/v1/MDOList/udlist{list}'),
  remove('/v1/List/{list}/Items/{item}'),
  remove('/v1/List/{list}/Headings'),
  remove('/v1/List/{list}/Items'),
];

/** What the agent's twins of the list endpoints take; each operation reads its own part. */
function listAgentCalls(by: 'Definition' | 'Name', list: object): Call[] {
  const agent = (verb: string, more: object = {}) =>
    post(`/v1/Agents/List/${verb}FromList${by}`, { ...list, ...more });
  return [
    { ...agent('Add', { Item: { Name: `New by ${by}` } }), remember: ['Id', 'agentItem'] },
    agent('Get', { Id: '{agentItem}' }),
    agent('Get', { Id: 999_999 }),
    agent('Save', { Id: '{agentItem}', Item: { Name: `Changed by ${by}` } }),
    agent('SaveAll', { Items: [{ Id: '{agentItem}', Name: `Again by ${by}` }] }),
    agent('GetAll', { IncludeDeleted: true }),
    agent('Delete', { Id: '{agentItem}' }),
    agent('DeleteAll'),
  ];
}

const listAgent: Call[] = [
  ...listAgentCalls('Definition', { UdListDefinitionId: '{list}' }),
  ...listAgentCalls('Name', { UdListDefinitionName: 'Colours' }),
  post('/v1/Agents/List/SaveListItemEntity', {
    ListItemEntity: { Id: 0, Name: 'Wrapped', UdListDefinitionId: '{list}' },
  }),
  post('/v1/Agents/List/CreateDefaultListItemEntity'),
  ...[
    'GetListDefinitions',
    'GetAllCountries',
    'GetCountries',
    'GetAllCurrencies',
    'GetAllTasks',
    'GetAllSaleStages',
    'GetAllSaleTypeEntities',
    'GetAllDocumentTemplates',
    'GetAllTicketPriorities',
    'GetTicketStatuses',
    'GetTicketTypes',
  ].map(name => post(`/v1/Agents/List/${name}`, { IncludeDeleted: true })),
  post('/v1/Agents/List/GetCountry?countryId=578'),
  ...[
    'CurrencyEntity',
    'TicketCategoryEntity',
    'TicketPriorityEntity',
    'TicketStatusEntity',
    'TicketTypeEntity',
    'SaleStageEntity',
    'SaleTypeEntity',
  ].map(name => post(`/v1/Agents/List/Get${name}?${name.charAt(0).toLowerCase()}${name.slice(1)}Id=1`)),
];

/** Typed lists that the sandbox does not keep: consents and web panels are no part of what an import writes. */
export const unkeptLists: ReadonlySet<string> = new Set([
  'ConsentPurpose',
  'ConsentSource',
  'LegalBase',
  'WebPanel',
]);

/** Reading and writing of one typed list, as far as its specification has the operations. */
export function typedListCalls(name: string): Call[] {
  const list = `/v1/List/${name}`;
  const named = { Name: `New ${name}`, Value: `New ${name}` };
  return [
    get(list),
    get(`${list}/Items?includeDeleted=true`),
    get(`${list}/Items/Default`),
    get(`${list}/MDOItems`),
    get(`${list}/Headings`),
    { ...post(`${list}/Items`, named), remember: ['*Id', 'typedItem'] },
    get(`${list}/Items/{typedItem}`),
    put(`${list}/Items/{typedItem}`, named),
    get(`${list}/Items/{typedItem}/UserGroups`),
    get(`${list}/Items/{typedItem}/Headings`),
    remove(`${list}/Items/{typedItem}`),
  ];
}

/** Layouts of all six entities by REST. */
const layouts: Call[] = ['Contact', 'Person', 'Project', 'Sale', 'Appointment', 'Document'].flatMap(owner => {
  const layout = `/v1/${owner}/UdefLayout`;
  const field = {
    ProgId: `Test:${owner}`,
    FieldLabel: 'Extra',
    FieldType: 'ShortText',
    TextLength: 39,
    IsIndexed: true,
  };
  return [
    get(layout),
    get(`${layout}/Published`),
    post(`${layout}?udefFieldType=List`),
    put(layout, [field]),
    get(`${layout}/Test:${owner}`),
    get(`${layout}/Test:nothing`),
    post(`${layout}/Test:${owner}/ChangeTo/Number?isIndexed=true`),
    get(`${layout}/Changed?columnChangesOnly=false`),
    get(`${layout}/Publish`),
    post(`${layout}/Publish`),
    get(`${layout}/Published/Test:${owner}`),
    get(`${layout}/Published/Test:nothing`),
    get(`/v1/${owner}/CustomField`),
    get(`/v1/${owner}/CustomField/Test:${owner}`),
    get(`/v1/Schema/${owner.toLowerCase()}`),
    get(`/v1/Schema/${owner.toLowerCase()}?includeStandard=true`),
    get(`/v1/Schema/${owner.toLowerCase()}/Test:${owner}`),
    remove(`${layout}/Test:${owner}`),
    post(`${layout}/Revert`),
  ];
});

const fieldAgent: Call[] = [
  ...[
    'GetUserDefinedFieldList',
    'GetPublishedUserDefinedFieldList',
    'GetUserDefinedFieldFromProgId',
    'GetPublishedUserDefinedFieldFromProgId',
    'GetUserDefinedFieldFromFieldLabel',
    'GetPublishedUserDefinedFieldFromFieldLabel',
    'GetUserDefinedFieldFromProgIds',
    'CreateDefaultUserDefinedFieldInfo',
    'CreateUserDefinedFieldInfo',
    'DetectUnpublishedChanges',
    'DetectColumnIdChanges',
    'IsPublishEventActive',
    'IsAnyPublishEventActive',
    'GetCustomFieldInfoList',
    'GetCustomFieldInfo',
    'ClearCaches',
    'SetPublishStartSystemEvent',
    'Publish',
    'Revert',
  ].map(name => ({
    ...post(`/v1/Agents/UserDefinedFieldInfo/${name}`, {
      OwnerType: 'Contact',
      FieldType: 'Decimal',
      ProgId: 'Siteshop:CompUserKey01',
      ProgIds: ['Siteshop:CompUserKey01'],
      FieldLabel: 'Key 01',
      TableName: 'contact',
      FieldName: 'Siteshop:CompUserKey01',
    }),
  })),
  {
    ...post('/v1/Agents/UserDefinedFieldInfo/SaveUserDefinedFieldInfo', {
      Type: 'Contact',
      FieldType: 'ShortText',
      ProgId: 'Test:Agent',
      FieldLabel: 'Agent',
    }),
    remember: ['UDefFieldId', 'field'],
  },
  post('/v1/Agents/UserDefinedFieldInfo/SaveUserDefinedFieldInfos', {
    Infos: [{ Type: 'Contact', UDefFieldId: '{field}', Tooltip: 'changed' }],
  }),
  post('/v1/Agents/UserDefinedFieldInfo/ChangeFieldType', {
    Info: { Type: 'Contact', UDefFieldId: '{field}' },
    FieldType: 'Number',
    IsIndexed: false,
  }),
  post('/v1/Agents/UserDefinedFieldInfo/GetUserDefinedFieldInfo?userDefinedFieldInfoId={field}'),
  post('/v1/Agents/UserDefinedFieldInfo/GetUserDefinedFieldFromIds', { Ids: ['{field}'] }),
  post('/v1/Agents/UserDefinedFieldInfo/DeleteUserDefinedFieldInfo?userDefinedFieldInfoId={field}'),
];

const ending: Call[] = [
  remove('/v1/Appointment/{appointment}'),
  remove('/v1/Document/{document}'),
  post('/v1/Agents/Document/DeleteDocumentEntity?documentEntityId={document}'),
  remove('/v1/Sale/{sale}'),
  post('/v1/Agents/Sale/DeleteSaleEntity?saleEntityId={sale}'),
  remove('/v1/Project/{project}'),
  remove('/v1/Person/{person}'),
  post('/v1/Agents/Person/DeletePersonEntity?personEntityId={person}'),
  remove('/v1/Contact/{company}'),
  post('/v1/Agents/Contact/DeleteContactEntity?contactEntityId={company}'),
  remove('/v1/List/{list}'),
];

/** In this order: later calls use what earlier ones made. */
export const calls: readonly Call[] = [
  ...entities,
  ...archives,
  ...mdoLists,
  ...lists,
  ...listAgent,
  ...layouts,
  ...fieldAgent,
  ...serviceCalls,
  ...massOperationCalls,
  ...ending,
];

/** Routes that the sandbox refuses whatever the request is; the specification has no refusals. */
export const alwaysRefused: readonly string[] = ['POST /v1/Agents/DatabaseTable/Truncate'];

/** Routes that the OpenAPI files in the folder do not have: PATCH (writing.md, section 1.6) and agents without a file. */
export const unspecified: readonly string[] = [
  'PATCH /v1/Appointment/{id}',
  'PATCH /v1/Contact/{id}',
  'PATCH /v1/Document/{id}',
  'PATCH /v1/Person/{id}',
  'PATCH /v1/Project/{id}',
  'PATCH /v1/Sale/{id}',
  'PATCH /v1/Ticket/{id}',
  'PATCH /v1/TicketMessage/{id}',
  'PATCH /v1/Attachment/{id}',
  'GET /v1/Sandbox/Outbox',
  'POST /v1/Agents/Configuration/RebuildUdefDeltas',
  'POST /v1/Agents/Find/FindFromRestrictionsColumns',
  'POST /v1/Agents/Find/FindFromRestrictionsColumns2',
  'POST /v1/Agents/Find/FindFromRestrictionsColumnsOrderBy',
  'POST /v1/Agents/Find/FindFromRestrictionsColumnsOrderBy2',
  'POST /v1/Agents/Appointment/CreateDefaultAppointmentEntityByTypeAndAssociate',
  ...unspecifiedAgents.flatMap(name =>
    ['CreateDefault', 'Delete', 'Get', 'Save', 'Validate'].map(
      verb => `POST /v1/Agents/${name}/${verb}${name}Entity`,
    ),
  ),
];
