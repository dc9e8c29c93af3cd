import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { array, at, object, Tenant } from './tenant.ts';

let tenant: Tenant;

beforeAll(async () => {
  tenant = await Tenant.start();
});

afterAll(async () => {
  await tenant.close();
});

const entities = {
  Contact: { sent: { Name: 'Nord' }, shown: { Name: 'Nord' }, wrong: {}, told: 'Name' },
  Person: {
    sent: { Firstname: 'Ada', Contact: { ContactId: 1 } },
    shown: { Firstname: 'Ada' },
    wrong: {},
    told: 'Firstname',
  },
  Project: { sent: { Name: 'Harbour' }, shown: { Name: 'Harbour' }, wrong: {}, told: 'Name' },
  Sale: {
    sent: { Heading: 'Order', Contact: { ContactId: 1 } },
    shown: { Heading: 'Order' },
    wrong: { SaleType: { Id: 99 } },
    told: 'SaleType',
  },
};

describe.each(['Contact', 'Person', 'Project', 'Sale'] as const)('agent %s', name => {
  const agent = `/v1/Agents/${name}`;
  const id = `${name}Id`;

  test('default, save, get, delete', async () => {
    const draft = await tenant.json('POST', `${agent}/CreateDefault${name}Entity`);
    expect(draft).toMatchObject({ [id]: 0 });
    expect(draft).not.toHaveProperty('_Links');
    const { sent, shown } = entities[name];
    const saved = await tenant.json('POST', `${agent}/Save${name}Entity`, { ...draft, ...sent });
    expect(saved).toMatchObject(shown);
    const read = `${agent}/Get${name}Entity?${name.toLowerCase()}EntityId=${saved[id]}`;
    expect(await tenant.json('POST', read)).toEqual(saved);
    const deleted = await tenant.call('POST', `${agent}/Delete${name}Entity?${name}EntityId=${saved[id]}`);
    expect(deleted.status).toBe(204);
    expect(await tenant.call('POST', read)).toMatchObject({ status: 200, json: null });
  });

  test('$select on get', async () => {
    const made = await tenant.json('POST', `/v1/${name}`, entities[name].sent);
    const entity = await tenant.json(
      'POST',
      `${agent}/Get${name}Entity?${name}EntityId=${made[id]}&$select=${id}`,
    );
    expect(Object.values(entity).filter(value => value !== null)).toHaveLength(1);
  });

  test('get without an id is refused', async () => {
    expect(await tenant.call('POST', `${agent}/Get${name}Entity`)).toMatchObject({
      status: 400,
      json: {
        Message: 'The request is invalid.',
        MessageDetail: `The parameters dictionary contains a null entry for parameter '${name.toLowerCase()}EntityId'.`,
      },
    });
  });

  test('validate', async () => {
    const { wrong, told } = entities[name];
    const result = await tenant.json('POST', `${agent}/Validate${name}Entity`, { [`${name}Entity`]: wrong });
    expect(Object.keys(result)).toContain(told);
  });
});

describe.each(['Contact', 'Person'])('interests by agent %s', name => {
  const agent = `/v1/Agents/${name}`;
  const id = `${name}Id`;
  const make = (): Promise<number> => (name === 'Contact' ? tenant.company() : tenant.person());

  test('are switched on and off one by one', async () => {
    const entityId = await make();
    const update = (EnableInterestIds: number[], DisableInterestIds: number[]) =>
      tenant.call('POST', `${agent}/UpdateInterests`, {
        body: { [id]: entityId, EnableInterestIds, DisableInterestIds },
      });
    const selected = async (): Promise<unknown[]> => {
      const entity = await tenant.json('GET', `/v1/${name}/${entityId}`);
      const chosen = array(entity.Interests).filter(item => item.Selected === true);
      expect(entity.ActiveInterests).toBe(chosen.length);
      return chosen.map(item => item.Id);
    };
    expect((await update([1, 2], [])).status).toBe(204);
    expect(await selected()).toEqual([1, 2]);
    expect((await update([], [1])).status).toBe(204);
    expect(await selected()).toEqual([2]);
    expect((await update([3], [3])).status).toBe(400);
    expect((await update([99], [])).status).toBe(400);
    expect(await selected()).toEqual([2]);
  });
});

test('a save without an id lays nothing under the body', async () => {
  const saved = await tenant.json('POST', '/v1/Agents/Contact/SaveContactEntity', { Name: 'Bare' });
  expect(at(saved, 'Category', 'Id')).toBe(0);
  expect(object(saved).Number2).toMatch(/^\d+$/);
});

test.each([
  [{ StageId: 3 }, 40],
  [{ stageId: 5 }, 90],
  [{ StageId: 99 }, 0],
])('GetProbabilityFromStage %j', async (body, percent) => {
  const reply = await tenant.call('POST', '/v1/Agents/Sale/GetProbabilityFromStage', { body });
  expect(reply).toMatchObject({ status: 200, json: percent });
});
