import { expectCounts } from './place.mjs';

/** A job for `inTurn`: an import of a file that the memory of that state folder holds as it is. */
export function unchangedJob(place, name, state) {
  return async () => secondsOf(await place.import(name, state), { unchanged: place.rows });
}

/**
 * A job for `inTurn`: an import of a file of which some rows changed. SuperOffice holds the new values already, so that the
 * work of sic is measured, not that of writing: the rows are found, parsed, mapped, compared, and remembered on the disk.
 * @returns the job, and the import that wrote them
 */
export async function changedJob(place, name, state) {
  const written = await writtenAnew(place, name, state);
  const { unchanged } = written.document.counts;
  const job = async () => {
    place.restore(state);
    return secondsOf(await place.import(name, state), { unchanged, current: place.rows - unchanged });
  };
  return { job, written };
}

/** A job for `inTurn`: an import of a file whose rows are elsewhere, or look otherwise, but say what SuperOffice holds. */
export function sameJob(place, name, state) {
  return async () => {
    place.restore(state);
    return secondsOf(await place.import(name, state), { updated: 0, created: 0 });
  };
}

/** The first import of a place that was kept finds what an earlier bench wrote: then the rows change back, and once more. */
async function writtenAnew(place, name, state) {
  const first = await place.import(name, state);
  if (first.document.counts.updated > 0) return first;
  await place.import(name.replace('-changed', ''), state);
  return place.import(name, state);
}

function secondsOf(imported, counts) {
  expectCounts(imported, counts);
  return imported.seconds;
}
