import { SicError } from '../../problems/sic-error.ts';
import type { Choice, Interview, TextQuestion } from './interview.ts';

/** Answers to what a starter config needs: from a flag, else from a person, else by default. */
export interface Answers {
  text(flag: string, given: string | undefined, question: TextQuestion): Promise<string>;
  /** `fallback`: what counts when nobody is asked; null: the flag is needed then. */
  choice<Value extends string>(
    flag: string,
    given: Value | undefined,
    question: ChoiceQuestion<Value>,
  ): Promise<Value>;
}

export interface ChoiceQuestion<Value extends string> {
  readonly text: string;
  readonly choices: readonly Choice<Value>[];
  readonly fallback: Value | null;
}

/**
 * `interview` null: there is nobody to ask. `thorough`: a person is asked for everything, else only for what has no
 * default. Flags that are missing are gathered in `missing`, and stand for an answer that nothing is done with.
 */
export function answersFrom(interview: Interview | null, thorough: boolean, missing: string[]): Answers {
  const mayAsk = (fallback: string | null) => (thorough || fallback === null ? interview : null);
  return {
    async text(flag, given, question) {
      if (given !== undefined) {
        // A tab alone is a separator.
        const answer = given.trim() || given;
        const wrong = question.fault(answer);
        if (wrong !== null) throw new SicError('usage', `${flag} is "${given}". ${wrong}`);
        return answer;
      }
      const asked = mayAsk(question.fallback);
      if (asked !== null) return asked.ask(question);
      if (question.fallback === null) missing.push(flag);
      return question.fallback ?? '';
    },
    async choice(flag, given, { text, choices, fallback }) {
      if (given !== undefined) return given;
      const asked = mayAsk(fallback);
      if (asked !== null) return asked.choose(text, choices);
      if (fallback !== null) return fallback;
      missing.push(flag);
      const [first] = choices;
      if (first === undefined) throw new Error(`${flag} has no choices.`);
      return first.value;
    },
  };
}
