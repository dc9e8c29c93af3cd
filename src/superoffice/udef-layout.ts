import type { UdefType } from '../datatypes/field.ts';
import { SicError } from '../problems/sic-error.ts';
import type { Call } from './call.ts';
import { SuperOfficeError } from './error.ts';
import type { Http } from './http.ts';
import { isObject, type JsonObject, numberOf, textOf } from './json.ts';
import type { UdefDefinition } from './superoffice.ts';
import { lackOfRoom } from './udef-room.ts';
import { readUdefs, udefTypes } from './udefs.ts';

/** Types that a name and a length describe in full; a list also needs its list, which people choose. */
export type PlainUdefType = Exclude<UdefType, 'List' | 'DateTime'>;

/** A user-defined field that is to be made. */
export interface NewUdef {
  readonly progId: string;
  readonly label: string;
  readonly tooltip: string;
  readonly type: PlainUdefType;
  /** Characters; 0 for types that are not text. */
  readonly length: number;
  readonly indexed: boolean;
  readonly readOnly: boolean;
}

/** What of a field people decide; the rest changes with every publishing. */
const decided = [
  'ProgId',
  'FieldType',
  'TextLength',
  'IsIndexed',
  'IsMandatory',
  'IsReadOnly',
  'FieldLabel',
  'ShortLabel',
  'Tooltip',
  'HideLabel',
  'FieldDefault',
  'ListTableId',
  'UDListDefinitionId',
  'TabOrder',
] as const;

/**
 * The layout of user-defined fields of Contact, Person, Project, Sale, Appointment and Document (reading.md, section
 * 14.4). Only administrators may change it, and all of them share one draft per entity.
 */
export class UdefLayouts {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Published fields by Prog ID, read anew with every call. Throws SuperOfficeError. */
  published(entity: string): Promise<ReadonlyMap<string, UdefDefinition>> {
    return readUdefs(this.#http, entity);
  }

  /**
   * Makes the fields and publishes the layout. Fields that an earlier try left in the draft are taken from there. Throws
   * SicError `locked` when the draft holds changes of somebody else, which publishing would let loose, or when somebody is
   * publishing; `config` when there is no room or the fields do not show up; SuperOfficeError when SuperOffice refuses.
   */
  async create(entity: string, fields: readonly NewUdef[]): Promise<void> {
    await this.#refuseOtherPublishing(entity);
    const left = await this.#leftInDraft(entity, fields);
    const rest = fields.filter(({ progId }) => !left.has(progId));
    await this.#refuseLackOfRoom(entity, rest);
    if (rest.length > 0) await this.#putIntoDraft(entity, rest);
    // Somebody may have saved a change of their own meanwhile: the draft is looked at once more.
    await this.#leftInDraft(entity, fields);
    await this.#refuseOtherPublishing(entity);
    await this.#publish(entity);
    await this.#verify(entity, fields);
  }

  async #refuseOtherPublishing(entity: string): Promise<void> {
    const active = await this.#flag(`/v1/${entity}/UdefLayout/Publish`);
    if (active)
      throw new SicError('locked', `Somebody is publishing the fields of ${entity} right now.`, {
        hint: 'Wait until that is done, then run the same command again.',
      });
  }

  /** Prog IDs of our fields that the draft has already. Throws when it holds anything else that is not published. */
  async #leftInDraft(entity: string, fields: readonly NewUdef[]): Promise<ReadonlySet<string>> {
    const path = `/v1/${entity}/UdefLayout`;
    if (!(await this.#flag(`${path}/Changed`, 'columnChangesOnly=false'))) return new Set();
    const [draft, published] = [await this.#fields(path), await this.#fields(`${path}/Published`)];
    const ours = draft.filter(field => isOneOfOurs(field, fields) && !hasSame(published, field));
    const strange = [
      ...draft.filter(field => !ours.includes(field) && !isAsPublished(field, published)),
      ...published.filter(field => !hasSame(draft, field)),
    ];
    // Changed, and nothing to be seen: then it is not known what publishing would do.
    if (strange.length > 0 || ours.length === 0) throw strangeDraft(entity, strange);
    return new Set(ours.map(field => textOf(field, 'ProgId')));
  }

  async #refuseLackOfRoom(entity: string, fields: readonly NewUdef[]): Promise<void> {
    const draft = await this.#fields(`/v1/${entity}/UdefLayout`);
    const present = draft.flatMap(field => udefTypes.find(type => type === textOf(field, 'FieldType')) ?? []);
    const lack = lackOfRoom(
      present,
      fields.map(({ type }) => type),
    );
    if (lack !== null)
      throw new SicError('config', `There is no room for the new fields on ${entity}. ${lack}`, {
        hint: 'Give a field that nobody uses the Prog ID that is needed, or remove one, in SuperOffice.',
      });
  }

  /** Fields that are not sent stay as they are. An answer that was lost is no matter: the draft is looked at again. */
  async #putIntoDraft(entity: string, fields: readonly NewUdef[]): Promise<void> {
    const json: JsonObject[] = [];
    for (const field of fields) json.push(filledIn(await this.#template(entity, field.type), field));
    const path = `/v1/${entity}/UdefLayout`;
    await this.#unlessLost({ kind: 'create', method: 'PUT', path, json, lacks: arrayOnly }, async () => {
      const draft = await this.#fields(path);
      return fields.every(({ progId }) => draft.some(field => textOf(field, 'ProgId') === progId));
    });
  }

  /** A filled-in field that is stored nowhere, although it takes a POST. */
  async #template(entity: string, type: PlainUdefType): Promise<JsonObject> {
    const json = await this.#http.send({
      kind: 'read',
      method: 'POST',
      path: `/v1/${entity}/UdefLayout`,
      query: `udefFieldType=${type}`,
      lacks: answer => (isObject(answer) ? null : 'a field to fill in'),
    });
    return isObject(json) ? json : {};
  }

  async #publish(entity: string): Promise<void> {
    const path = `/v1/${entity}/UdefLayout/Publish`;
    await this.#unlessLost(
      { kind: 'create', method: 'POST', path },
      async () => !(await this.#flag(`/v1/${entity}/UdefLayout/Changed`, 'columnChangesOnly=false')),
    );
    try {
      const rebuild = '/v1/Agents/Configuration/RebuildUdefDeltas';
      await this.#http.send({ kind: 'repeatable', method: 'POST', path: rebuild });
    } catch (error) {
      // It only makes SuperOffice notice sooner, and not every application is granted that agent.
      if (!(error instanceof SuperOfficeError) || error.scope === 'tenant') throw error;
    }
  }

  async #verify(entity: string, fields: readonly NewUdef[]): Promise<void> {
    const published = await this.published(entity);
    const missing = fields.filter(({ progId }) => !published.has(progId)).map(({ progId }) => progId);
    if (missing.length === 0) return;
    throw new SicError(
      'config',
      `SuperOffice took ${missing.join(', ')} but does not show it among the published fields of ${entity}.`,
      { hint: 'Publishing may take a while: look in SuperOffice, then run sic doctor again.' },
    );
  }

  async #unlessLost(call: Call, isDone: () => Promise<boolean>): Promise<void> {
    try {
      await this.#http.send(call);
    } catch (error) {
      if (!(error instanceof SuperOfficeError) || !error.lost || !(await isDone())) throw error;
    }
  }

  async #flag(path: string, query?: string): Promise<boolean> {
    const json = await this.#http.send({
      kind: 'read',
      method: 'GET',
      path,
      ...(query === undefined ? {} : { query }),
      lacks: answer => (typeof answer === 'boolean' ? null : 'true or false'),
    });
    return json === true;
  }

  async #fields(path: string): Promise<JsonObject[]> {
    const json = await this.#http.send({ kind: 'read', method: 'GET', path, lacks: arrayOnly });
    return Array.isArray(json) ? json.filter(isObject) : [];
  }
}

function filledIn(template: JsonObject, field: NewUdef): JsonObject {
  return {
    ...template,
    ProgId: field.progId,
    FieldLabel: field.label,
    ShortLabel: field.label,
    Tooltip: field.tooltip,
    IsIndexed: field.indexed,
    IsReadOnly: field.readOnly,
    ...(field.length > 0 ? { TextLength: field.length } : {}),
  };
}

/** The identity survives publishing (reading.md, section 14.1). */
function hasSame(fields: readonly JsonObject[], wanted: JsonObject): boolean {
  return fields.some(field => numberOf(field, 'UdefIdentity') === numberOf(wanted, 'UdefIdentity'));
}

function isAsPublished(field: JsonObject, published: readonly JsonObject[]): boolean {
  return published.some(
    other =>
      numberOf(other, 'UdefIdentity') === numberOf(field, 'UdefIdentity') &&
      decided.every(property => other[property] === field[property]),
  );
}

function isOneOfOurs(field: JsonObject, wanted: readonly NewUdef[]): boolean {
  return wanted.some(
    ({ progId, type }) => textOf(field, 'ProgId') === progId && textOf(field, 'FieldType') === type,
  );
}

function strangeDraft(entity: string, fields: readonly JsonObject[]): SicError {
  const names = [...new Set(fields.map(field => textOf(field, 'FieldLabel') || textOf(field, 'ProgId')))];
  const which = names.length === 0 ? '' : ` (${names.map(name => `"${name}"`).join(', ')})`;
  return new SicError(
    'locked',
    `The fields of ${entity} have changes that nobody has published yet${which}. Publishing would let them loose too.`,
    { hint: 'Let whoever made them publish or undo them in SuperOffice, then run the same command again.' },
  );
}

function arrayOnly(json: unknown): string | null {
  return Array.isArray(json) ? null : 'a list of fields';
}
