import { type Call, post } from './call.ts';

const agent = '/v1/Agents/DatabaseTable';

/** Mass operations on what earlier calls made. */
export const massOperationCalls: readonly Call[] = [
  post(`${agent}/Upsert`, {
    TableName: 'address',
    Columns: ['owner_id', 'atype_idx', 'zipcode', 'city'],
    Keys: ['owner_id', 'atype_idx'],
    Data: [
      ['{company}', '[I:1]', '0150', 'Oslo'],
      ['{company}', '[I:2]', '5003', 'Bergen'],
    ],
    NomatchAction: 'NoChange',
    ReturnRowStatus: true,
  }),
  post(`${agent}/Upsert`, {
    TableName: 'udcontactsmall',
    Columns: ['contact_id', 'Siteshop:CompUserNum01'],
    Keys: ['contact_id'],
    Data: [['{company}', '[I:8]']],
    NomatchAction: 'NoChange',
    ReturnRowStatus: false,
  }),
  post(`${agent}/Insert`, {
    TableName: 'phone',
    Columns: ['owner_id', 'ptype_idx', 'phone', 'rank'],
    Data: [['{company}', '[I:1]', '22 33 44 55', '[I:9]']],
  }),
  post(`${agent}/Delete`, { TableName: 'phone', IDs: [999_999] }),
];
