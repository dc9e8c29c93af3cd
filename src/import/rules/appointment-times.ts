import type { Row } from '../../mapping/row.ts';
import type { Problem } from '../../problems/problem.ts';
import { heldValue } from '../../records/held.ts';
import { momentText } from '../../records/value.ts';
import type { Wanted } from '../plan/value.ts';
import { type Candidate, fieldNamed, implied, type Rule, saidIn, want, wantedOf } from './rule.ts';

const group = 'times';

/**
 * Start and end. A new appointment without an end, and one whose end is emptied, ends when it begins: SuperOffice's own
 * default may lie before that. One that is moved by its start alone keeps its length. The date it is searched and shown by follows the start
 * (writing.md, section 2).
 */
export const appointmentTimes: Rule = {
  check: row => {
    const start = saidIn(row, 'StartDate');
    const end = saidIn(row, 'EndDate');
    return typeof start === 'string' && typeof end === 'string' && end < start
      ? [endsTooEarly(start, end)]
      : [];
  },
  settle: candidate => {
    const { datatype, wanted, existing, row } = candidate;
    const start = textOf(wantedOf(wanted, 'StartDate'));
    const given = wantedOf(wanted, 'EndDate');
    const end = textOf(given);
    const others = wanted.filter(each => each !== given || end !== null);
    const heldStart = heldText(candidate, 'StartDate');
    const heldEnd = heldText(candidate, 'EndDate');
    // What is there already is not judged: people make appointments without an end, and some that end too early.
    if (existing && end === heldEnd && (start ?? heldStart) === heldStart) return { wanted: others };
    if (start === null) {
      if (heldStart === null || !given) return {};
      if (end === null) return { wanted: [...others, endAt(heldStart)] };
      return end < heldStart ? { problems: [endsTooEarly(heldStart, end)] } : {};
    }
    if (end !== null && end < start) return { problems: [endsTooEarly(start, end)] };
    const together = others.map(each =>
      each.field.name === 'StartDate' || each.field.name === 'EndDate' ? { ...each, group } : each,
    );
    const followed = existing && !given ? movedEnd(candidate, start) : start;
    return {
      wanted: [
        ...together,
        implied('ActiveDate', start, 'datetime', group),
        ...(end === null ? [endAt(followed)] : []),
        ...(existing ? [] : [implied('Type', diaryType(row, start), 'text', group)]),
      ],
    };

    function endAt(moment: string): Wanted {
      return want(fieldNamed(datatype, 'EndDate'), moment, { group, text: momentText(moment) });
    }
  },
};

/** In the diary when it has a time, on the check list when it has none (writing.md, section 2). */
function diaryType(row: Row, start: string): string {
  const isDay = start.endsWith('T00:00:00') && saidIn(row, 'IsAlldayEvent') !== true;
  return isDay && typeof saidIn(row, 'EndDate') !== 'string' ? 'inChecklist' : 'inDiary';
}

/** As far behind the new start as it was behind the old one. */
function movedEnd(candidate: Candidate, start: string): string {
  const [heldStart, heldEnd] = [heldText(candidate, 'StartDate'), heldText(candidate, 'EndDate')];
  if (heldStart === null || heldEnd === null || heldEnd < heldStart) return start;
  // Wall times without a zone: taken as UTC on both sides, no clock change comes between.
  const moved = new Date(Date.parse(`${start}Z`) + Date.parse(`${heldEnd}Z`) - Date.parse(`${heldStart}Z`));
  return moved.toISOString().slice(0, 19);
}

function heldText({ datatype, existing, directory }: Candidate, name: string): string | null {
  const held = existing && heldValue(fieldNamed(datatype, name), existing, directory).value;
  return typeof held === 'string' ? held : null;
}

function textOf(wanted: Wanted | undefined): string | null {
  return typeof wanted?.value === 'string' ? wanted.value : null;
}

function endsTooEarly(start: string, end: string): Problem {
  return {
    field: 'EndDate',
    value: momentText(end),
    code: 'end-before-start',
    message: `The appointment ends ${momentText(end)}, before it begins ${momentText(start)}.`,
    tip: 'Correct StartDate or EndDate.',
  };
}
