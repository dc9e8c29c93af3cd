/** Text that is on its way, so that a row does not cost a system call. */
export interface Gathered {
  /** False: nobody reads any more. */
  add(text: string): Promise<boolean>;
  flush(): Promise<boolean>;
}

/** Characters. */
const flushAt = 1 << 18;

/** `put` writes all of the bytes; it answers false when nobody reads any more, and is not called again then. */
export function gathered(put: (bytes: Buffer) => Promise<boolean>): Gathered {
  let pending: string[] = [];
  let length = 0;
  let read = true;
  const flush = async (): Promise<boolean> => {
    if (!read || length === 0) return read;
    const bytes = Buffer.from(pending.join(''));
    pending = [];
    length = 0;
    read = await put(bytes);
    return read;
  };
  return {
    add: async text => {
      if (!read) return false;
      pending.push(text);
      length += text.length;
      return length < flushAt || (await flush());
    },
    flush,
  };
}
