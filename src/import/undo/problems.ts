import type { Datatype } from '../../datatypes/datatype.ts';
import type { Field } from '../../datatypes/field.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Irrevocable, KeptField } from '../../state/before-images.ts';

/** Why something is not taken back. Codes stay, wording may change. */

export function changedSince({ name }: Field, now: string | null): Problem {
  return {
    field: name,
    value: now,
    code: 'changed-since',
    message: `${name} no longer holds what the run wrote, so it was left.`,
    tip: 'Somebody, or a later run, has changed it. Undo the later run first, or set it in SuperOffice.',
  };
}

export function belongsTogether({ name }: Field, other: Field): Problem {
  return {
    field: name,
    value: null,
    code: 'belongs-together',
    message: `${name} was left, because ${other.name}, which it belongs together with, was changed since.`,
    tip: 'Look at the two in SuperOffice.',
  };
}

export function fieldGone({ field, place }: KeptField): Problem {
  const type = place === '' ? '' : ` (${place})`;
  return {
    field,
    value: null,
    code: 'field-gone',
    message: `SuperOffice has no field ${field}${type} any more, or one of another type.`,
    tip: 'What it held before is in before.ndjson of the run.',
  };
}

export function notRestorable({ name }: Field): Problem {
  return {
    field: name,
    value: null,
    code: 'not-restorable',
    message: `${name} held none of the values that can be written.`,
    tip: 'Set it in SuperOffice.',
  };
}

export function parentGone({ name, parent }: Field, id: number): Problem {
  const what = (parent ?? 'record').toLowerCase();
  return {
    field: name,
    value: `#${id}`,
    code: 'parent-gone',
    message: `The ${what} that it belonged to is not in SuperOffice any more (id ${id}).`,
    tip: `Bring that ${what} back in SuperOffice, and undo the run again.`,
  };
}

export function recordGone({ name }: Datatype, id: number): Problem {
  return {
    field: null,
    value: null,
    code: 'record-gone',
    message: `The ${name.toLowerCase()} is not in SuperOffice any more (id ${id}).`,
    tip: 'Nothing is to be done, unless it should be there.',
  };
}

export function wasDeleted({ name }: Datatype, id: number): Problem {
  const recycled = name === 'Company' || name === 'Person';
  return {
    field: null,
    value: null,
    code: 'stays-deleted',
    message: `That run deleted the ${name.toLowerCase()} (id ${id}), and sic cannot bring it back.`,
    tip: recycled
      ? 'The recycle bin of SuperOffice has it for two weeks. Or import its file again, with --full.'
      : 'Import its file again, with --full.',
  };
}

/** What a run did besides writing fields. */
export function stays({ does, name }: Irrevocable): Problem {
  switch (does) {
    case 'replace-file':
      return {
        field: 'Content',
        value: name,
        code: 'file-stays',
        message: `The document keeps the file ${name}: the one that it had before is not kept by sic.`,
        tip: 'Import a row with the older file, or bring an older version back in SuperOffice.',
      };
    case 'attach':
      return {
        field: 'AttachmentNames',
        value: name,
        code: 'attachment-stays',
        message: `The attachment ${name} stays on its message.`,
        tip: 'Remove it in SuperOffice if it should not be there.',
      };
    case 'mail':
      return {
        field: 'SendTo',
        value: name,
        code: 'mail-was-sent',
        message: `The message was sent by mail to ${name}, which nobody can take back.`,
        tip: 'Write to them.',
      };
  }
}

export function perhapsCreated({ name }: Datatype, ids: readonly number[]): Problem {
  return {
    field: null,
    value: null,
    code: 'perhaps-created',
    message: `The run ended while it created this ${name.toLowerCase()}, so nobody can tell whether the record with this key (id ${ids.join(', ')}) is the one.`,
    tip: 'Look at it in SuperOffice, and delete it there if it should not be there.',
  };
}

export function notAsWritten(datatype: Datatype, field: string, now: string | null): Problem {
  return {
    field,
    value: now,
    code: 'changed-since',
    message: `${field} no longer holds what the run wrote, so the ${datatype.name.toLowerCase()} was not deleted.`,
    tip: 'Somebody, or a later run, has changed it. Undo the later run first, or delete it in SuperOffice.',
  };
}

export function changedBy({ name }: Datatype, user: string): Problem {
  return {
    field: null,
    value: user,
    code: 'changed-since',
    message: `${user} has changed the ${name.toLowerCase()} since, so it was not deleted.`,
    tip: 'Delete it in SuperOffice if it should not be there.',
  };
}

export function inUse({ name }: Datatype, others: readonly string[]): Problem {
  return {
    field: null,
    value: null,
    code: 'in-use',
    message: `The ${name.toLowerCase()} was not deleted, because others belong to it: ${others.join(', ')}.`,
    tip: 'Delete those or give them to another one first, then undo the run again.',
  };
}
