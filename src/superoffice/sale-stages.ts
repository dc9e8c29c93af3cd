import type { Http } from './http.ts';
import { isObject, numberOf, textOf } from './json.ts';

/** A stage as one type of sale has it. */
export interface SaleStage {
  readonly id: number;
  /** Percent; null when SuperOffice does not say. */
  readonly probability: number | null;
}

/** The stages of a type of sale (reading.md, section 12.6), without Sold and Lost, which are no stages. */
export async function readSaleStages(http: Http, saleTypeId: number): Promise<SaleStage[]> {
  const json = await http.send({
    kind: 'read',
    method: 'GET',
    path: '/v1/MDOList/salestage',
    query: `flat=true&additional=SaleTypeID%3D${saleTypeId}`,
    lacks: answer => (Array.isArray(answer) ? null : 'a list of stages'),
  });
  const items = Array.isArray(json) ? json.filter(isObject) : [];
  return items
    .map(item => ({ id: numberOf(item, 'Id'), probability: probabilityIn(textOf(item, 'ExtraInfo')) }))
    .filter(({ id }) => id > 0);
}

/** `IsDeleted=False&Probability=20&…` */
function probabilityIn(extraInfo: string): number | null {
  const text = new URLSearchParams(extraInfo).get('Probability');
  return text === null || !/^\d+$/.test(text) ? null : Number(text);
}
