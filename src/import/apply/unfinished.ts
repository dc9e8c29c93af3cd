import type { Datatype } from '../../datatypes/datatype.ts';
import type { SicError } from '../../problems/sic-error.ts';
import type { SuperOfficeError } from '../../superoffice/error.ts';
import type { Step } from '../plan/step.ts';

const noMail = 'Its mail was not sent, and no later run sends it: send it from SuperOffice.';

/** The record is there, but something that belongs to it is not. Says what, and what becomes of it. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';
  readonly reason: SuperOfficeError | SicError;
  readonly code: string;
  readonly hint: string;

  constructor(reason: SuperOfficeError | SicError, code: string, message: string, hint: string) {
    super(message, { cause: reason });
    this.reason = reason;
    this.code = code;
    this.hint = hint;
  }
}

/** Its key or its files are missing. The next run finds the record and does the rest, except for a mail. */
export function withoutTheRest(
  { name }: Datatype,
  id: number,
  steps: readonly Step[],
  reason: SuperOfficeError | SicError,
): Unfinished {
  const mail = steps.some(({ does }) => does === 'mail') ? ` ${noMail}` : '';
  return new Unfinished(
    reason,
    'unfinished',
    `The ${name.toLowerCase()} is in SuperOffice (id ${id}), but not all that belongs to it: ${reason.message}`,
    `The next run does the rest. ${reason.hint ?? ''}`.trimEnd() + mail,
  );
}

/** A mail cannot be looked up: whether it went out when its answer was lost is not to be known here. */
export function withoutMail(id: number, reason: SuperOfficeError): Unfinished {
  if (reason.lost)
    return new Unfinished(
      reason,
      'mail-perhaps-sent',
      `The mail of message ${id} may have gone out: ${reason.message}`,
      'It is not sent again. Look at the message in SuperOffice, and send it there if it did not go out.',
    );
  return new Unfinished(
    reason,
    'mail-not-sent',
    `The message is in SuperOffice (id ${id}), but its mail was not sent: ${reason.message}`,
    `${reason.hint} No later run sends it: send it from SuperOffice.`,
  );
}
