export type ZipLibrary = typeof import('@zip.js/zip.js');

/** Bytes that are read, inflated and written at once. The library's own 256 KiB take twice the memory and no less time. */
const chunkSize = 32 << 10;

let loading: Promise<ZipLibrary> | null = null;

/** zip.js, loaded with the first zip: runs without one never pay for it. */
export function zipLibrary(): Promise<ZipLibrary> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ZipLibrary> {
  const zip = await import('@zip.js/zip.js');
  // Node's own inflate waits for the disk. The library's hands out all of a piece at once: a thousand times as much.
  zip.configure({ useWebWorkers: false, useCompressionStream: true, chunkSize });
  return zip;
}
