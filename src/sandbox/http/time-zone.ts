type Headers = Readonly<Record<string, string | undefined>>;

/**
 * What dates of an answer end in: `Z` when `SO-TimeZone` asks for offsets, else nothing (reading.md, section 5.3). The
 * sandbox's base time zone is UTC, and what it keeps is stamps, which are UTC in every zone, and days, which no document
 * moves between zones: so the zone that is asked for changes nothing else.
 */
export function zoneSuffix(headers: Headers): '' | 'Z' {
  return headers['so-timezone']?.toLowerCase().includes('includetzoffset') ? 'Z' : '';
}
