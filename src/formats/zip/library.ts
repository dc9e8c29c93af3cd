export type ZipLibrary = typeof import('@zip.js/zip.js');

/**
 * A piece of 32 KiB inflates to 33 MiB at the worst (deflate reaches 1,032:1), and that is all that is ever in memory:
 * the library's own 256 KiB would make it 264 MiB.
 */
const chunkSize = 32 << 10;

let loading: Promise<ZipLibrary> | null = null;

/** zip.js, loaded with the first zip: runs without one never pay for it. */
export function zipLibrary(): Promise<ZipLibrary> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ZipLibrary> {
  const zip = await import('@zip.js/zip.js');
  // Its own inflate instead of node's DecompressionStream: that one cannot do Deflate64, and says of damaged data
  // different things in each release of node.
  zip.configure({ useWebWorkers: false, useCompressionStream: false, chunkSize });
  return zip;
}
