import type { RowFile } from '../../formats/row-file.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Existing } from '../../records/current.ts';
import { heldValue } from '../../records/held.ts';
import { holds } from './file-contents.ts';
import { fileNotFound } from './missing-file.ts';
import { type Candidate, fieldNamed, type Rule, type Verdict, want, wantedOf } from './rule.ts';

/**
 * The file of a document. A new one needs it; a known one without a file gets only its metadata, as long as the name says
 * nothing new. Where SuperOffice holds the same bytes nothing is sent. A name that the archive amended is kept, instead of
 * being asked for again every night.
 */
export const documentFile: Rule = {
  settle: async candidate => {
    const { existing, row, wanted } = candidate;
    const file = fileOf(candidate);
    if (!existing) {
      const missing = missingName(candidate);
      if (!file && missing !== null) return { problems: [notFound(missing, candidate)] };
      return {
        wanted: withDefaults(candidate, file),
        steps: file ? [{ does: 'content', file, from: null }] : [],
      };
    }
    const asked = wantedOf(wanted, 'Name')?.text ?? null;
    const isKnown = asked === null || isHeldName(asked, existing, candidate);
    if (!file && !isKnown) return { problems: [notFound(missingName(candidate) ?? asked, candidate)] };
    const kept = isKnown ? wanted.filter(({ field }) => field.name !== 'Name') : wanted;
    return { wanted: kept, steps: file ? await contentStep(file, existing, candidate) : [] };

    function notFound(name: string, of: Candidate): Problem {
      return fileNotFound('Name', name, row, of.existing !== null);
    }
  },
};

async function contentStep(
  file: RowFile,
  existing: Existing,
  { superoffice: { contents } }: Candidate,
): Promise<NonNullable<Verdict['steps']>> {
  const length = await contents.documentLength(existing.id);
  const same =
    length === file.size && (await holds(file, receive => contents.readDocument(existing.id, receive, file)));
  return same ? [] : [{ does: 'content', file, from: length === 0 ? null : length }];
}

function fileOf({ row }: Candidate): RowFile | undefined {
  return row.files?.found.get('Content')?.[0] ?? row.files?.found.get('Name')?.[0];
}

function missingName({ row }: Candidate): string | null {
  return row.files?.missing.get('Name')?.[0] ?? null;
}

/** The name that the record has, as it is or as files can be called, or the one that the archive made of this one. */
function isHeldName(asked: string, existing: Existing, candidate: Candidate): boolean {
  const { value, text } = heldValue(fieldNamed(candidate.datatype, 'Name'), existing, candidate.directory);
  if (asked === value || asked === text) return true;
  return value !== null && candidate.keptNames.get(existing.key, asked) === value;
}

/** The title people see, and the template, which decides about the archive (writing.md, section 4). */
function withDefaults({ datatype, wanted, directory, config }: Candidate, file: RowFile | undefined) {
  const more = [];
  if (file && !wantedOf(wanted, 'Heading')) more.push(want(fieldNamed(datatype, 'Heading'), file.name));
  const { template } = config.documents;
  if (template !== null && !wantedOf(wanted, 'DocumentTemplate')) {
    const item = directory.lists.get('DocumentTemplate')?.find(template);
    if (item) more.push(want(fieldNamed(datatype, 'DocumentTemplate'), item.id, { text: item.name }));
  }
  return [...wanted, ...more];
}
