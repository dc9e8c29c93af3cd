type Action = 'Inserted' | 'Updated' | 'NoUpdateNeeded' | 'Deleted' | 'ColumnsZeroed';

interface RowStatus {
  readonly id: number;
  readonly action: Action;
  readonly keys: readonly string[];
}

/** What a mass operation has done so far. */
export class MassResult {
  readonly #counts = { Inserts: 0, Updates: 0, Deletes: 0 };
  readonly #rows: RowStatus[] = [];

  /** `keys`: the cells of the key columns as they came. */
  add(action: Action, id: number, keys: readonly string[]): void {
    if (action === 'Inserted') this.#counts.Inserts++;
    else if (action === 'Updated') this.#counts.Updates++;
    else if (action !== 'NoUpdateNeeded') this.#counts.Deletes++;
    this.#rows.push({ id, action, keys });
  }

  /** `MassOperationResult` (writing.md, section 6.1). */
  carrier(isSuccess: boolean, message: string, withRows: boolean): object {
    return {
      Success: isSuccess,
      Message: message,
      ...this.#counts,
      RowStatus: withRows ? this.#statuses() : null,
      TableRight: null,
      FieldProperties: {},
    };
  }

  /** Their order is not documented: who relies on that of `Data` relies on luck. By primary key here. */
  #statuses(): object[] {
    return this.#rows
      .sort((a, b) => a.id - b.id)
      .map(({ id, action, keys }) => ({
        PrimaryKey: id,
        Action: action,
        RowKeys: keys,
        TableRight: null,
        FieldProperties: {},
      }));
  }
}
