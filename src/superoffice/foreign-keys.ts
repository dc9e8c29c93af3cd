import type { ArchiveReader } from './archive-reader.ts';
import { inBatches } from './batches.ts';
import { SuperOfficeError } from './error.ts';
import { and, equalsText, isOneOf, isOneOfNumbers } from './filter.ts';
import type { Http } from './http.ts';
import { isObject, numberOf, toNumber } from './json.ts';
import { defaultOpenPoints, isRefusal, type OpenPoints } from './open-points.ts';

/** The application that owns all foreign keys of ours (integration-cloud.md, section 3.9). */
const application = 'sic';

/** How many numbers one `in (…)` may hold is undocumented; 200 to 500 is the advice (reading.md, section 8). */
const idsPerRequest = 200;

export interface ForeignKey {
  readonly value: string;
  readonly recordId: number;
}

/** Keys of one name, which SuperOffice keeps beside the records of one table. */
export interface KeyRing {
  /** Name and identifier of the device that they belong to. */
  readonly device: string;
  readonly keyName: string;
  readonly table: string;
}

/** Foreign keys of records that have no field for one. Every method throws SuperOfficeError. */
export class ForeignKeys {
  readonly #http: Http;
  readonly #archive: ArchiveReader;
  readonly #missing: string;
  readonly #devices = new Map<string, Promise<void>>();

  constructor(http: Http, archive: ArchiveReader, { refusalOfMissing }: OpenPoints = defaultOpenPoints) {
    this.#http = http;
    this.#archive = archive;
    this.#missing = refusalOfMissing;
  }

  /** The records with these keys: one request for all. */
  withValues(ring: KeyRing, values: readonly string[]): Promise<ForeignKey[]> {
    return this.#read(ring, isOneOf('keyValue', values));
  }

  /** The keys of these records: one request for all. */
  ofRecords(ring: KeyRing, recordIds: readonly number[]): Promise<ForeignKey[]> {
    return this.#read(ring, isOneOfNumbers('recordId', recordIds));
  }

  /** Those of these records that have a key of that name, of whichever integration. */
  async recordsWithKey({ keyName }: KeyRing, recordIds: readonly number[]): Promise<ReadonlySet<number>> {
    const found = new Set<number>();
    for (const batch of inBatches(recordIds, idsPerRequest))
      for (const { recordId } of await this.#keys(
        and(
          isOneOfNumbers('recordId', batch),
          equalsText('appName', application),
          equalsText('keyName', keyName),
        ),
      ))
        found.add(recordId);
    return found;
  }

  #read({ device, keyName }: KeyRing, which: string): Promise<ForeignKey[]> {
    return this.#keys(
      and(
        which,
        equalsText('appName', application),
        equalsText('deviceIdentifier', device),
        equalsText('keyName', keyName),
      ),
    );
  }

  async #keys(filter: string): Promise<ForeignKey[]> {
    const rows = await this.#archive.read({
      fresh: true,
      provider: 'ForeignKeys',
      columns: ['keyId', 'keyName', 'keyValue', 'recordId', 'appName', 'deviceIdentifier'],
      filter,
      orderBy: 'keyId',
    });
    return rows.map(({ cells }) => ({
      value: cells.get('keyValue')?.display ?? '',
      recordId: toNumber(cells.get('recordId')?.raw) ?? 0,
    }));
  }

  /** Gives a record its key. Saved, not added, so that a repetition does no harm. */
  async save({ device, keyName, table }: KeyRing, recordId: number, value: string): Promise<void> {
    await this.#deviceMade(device);
    await this.#http.send({
      kind: 'repeatable',
      completes: true,
      method: 'PUT',
      path: `${devicePath(device)}/Key`,
      json: { Key: keyName, Value: value, RecordId: recordId, TableName: table },
    });
  }

  /** Takes a record's key away. */
  async remove({ device, keyName, table }: KeyRing, recordId: number): Promise<void> {
    // Record 0 would mean the keys of all records.
    if (!(recordId > 0)) throw new Error(`no record ${recordId} has a key`);
    const path = `${devicePath(device)}/Key/${encodeURIComponent(keyName)}/${table}/${recordId}`;
    await this.#http.send({ kind: 'repeatable', completes: true, method: 'DELETE', path });
  }

  /** Once per run; a failure is not remembered. */
  #deviceMade(device: string): Promise<void> {
    const known = this.#devices.get(device);
    if (known) return known;
    const made = this.#makeDevice(device).catch((error: unknown) => {
      this.#devices.delete(device);
      throw error;
    });
    this.#devices.set(device, made);
    return made;
  }

  async #makeDevice(device: string): Promise<void> {
    if (await this.#has(devicePath(device), 'ForeignDeviceId')) return;
    const path = `/v1/ForeignApp/${application}`;
    if (!(await this.#has(path, 'ForeignAppId'))) await this.#make(path, 'ForeignAppId');
    await this.#make(devicePath(device), 'ForeignDeviceId');
  }

  /** How SuperOffice says that there is none is not documented: 404, no body, an id of 0, and what a probe found all mean it. */
  async #has(path: string, id: string): Promise<boolean> {
    try {
      const json = await this.#http.send({ kind: 'read', completes: true, method: 'GET', path });
      return isObject(json) && numberOf(json, id) > 0;
    } catch (error) {
      if (!(error instanceof SuperOfficeError)) throw error;
      if (error.status === 404 || isRefusal(error, this.#missing)) return false;
      throw error;
    }
  }

  /** An answer that was lost is no matter: whether it is there now is asked. */
  async #make(path: string, id: string): Promise<void> {
    try {
      await this.#http.send({ kind: 'create', completes: true, method: 'POST', path });
    } catch (error) {
      if (error instanceof SuperOfficeError && error.lost && (await this.#has(path, id))) return;
      throw error;
    }
  }
}

function devicePath(device: string): string {
  const name = encodeURIComponent(device);
  return `/v1/ForeignApp/${application}/${name}/${name}`;
}
