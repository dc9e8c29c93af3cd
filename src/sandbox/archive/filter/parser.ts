import { badRequest } from '../refusal.ts';
import { type Token, tokenize } from './lexer.ts';
import type { Condition, Filter, Literal } from './syntax.ts';

/** Function name in lower case → operator, and where the column stands. */
const functions: Readonly<Record<string, string>> = {
  substringof: 'contains',
  startswith: 'begins',
  endswith: 'endswith()',
  this: 'this()',
  next: 'next()',
  previous: 'previous()',
  thisandnext: 'thisAndNext()',
  thisandprevious: 'thisAndPrevious()',
  thisandpreviousandnext: 'thisAndPreviousAndNext()',
};

/** Deeper nesting than any query needs: keeps a hostile filter from exhausting the stack. */
const maximumDepth = 200;

/** Reads a `$filter` (reading.md, section 8): `and` binds tighter than `or`. null for an empty one; throws 400. */
export function parseFilter(text: string): Filter | null {
  if (text.trim() === '') return null;
  return new FilterParser(text).parse();
}

class FilterParser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  parse(): Filter {
    const filter = this.#either();
    if (this.#next < this.#tokens.length) throw this.#unexpected("'and', 'or' or the end");
    return filter;
  }

  #either(): Filter {
    const first = this.#both();
    if (!this.#isKeyword('or')) return first;
    const branches = [first];
    while (this.#takeKeyword('or')) branches.push(this.#both());
    return { kind: 'or', branches };
  }

  #both(): Filter {
    const first = this.#single();
    if (!this.#isKeyword('and')) return first;
    const branches = [first];
    while (this.#takeKeyword('and')) branches.push(this.#single());
    return { kind: 'and', branches };
  }

  #single(): Filter {
    if (!this.#takeSymbol('(')) return this.#term();
    if (++this.#depth > maximumDepth)
      throw badRequest(`The filter has more than ${maximumDepth} open parentheses.`);
    const inner = this.#either();
    if (!this.#takeSymbol(')')) throw this.#unexpected("')'");
    this.#depth--;
    return inner;
  }

  #term(): Condition {
    const column = this.#takeWord('a column name');
    const operator = functions[column.toLowerCase()];
    if (operator !== undefined && this.#takeSymbol('(')) return this.#call(operator);
    const written = this.#tokens[this.#next];
    const isSign = written?.kind === 'symbol' && /[=<>]/.test(written.text);
    if (written?.kind !== 'word' && !isSign) throw this.#unexpected(`an operator after '${column}'`);
    this.#next++;
    return { kind: 'condition', column, operator: written.text, values: this.#values() };
  }

  /** `substringof` is written with the text first or the column first; both are understood. */
  #call(operator: string): Condition {
    let column: string | undefined;
    const values: Literal[] = [];
    do {
      const token = this.#tokens[this.#next];
      if (token?.kind === 'word' && column === undefined) {
        column = token.text;
        this.#next++;
      } else values.push(...this.#literal('a value'));
    } while (this.#takeSymbol(','));
    if (!this.#takeSymbol(')')) throw this.#unexpected("')'");
    if (column === undefined) throw badRequest(`A function names no column in the filter: ${this.#text}`);
    return { kind: 'condition', column, operator, values };
  }

  #values(): Literal[] {
    const values: Literal[] = [];
    if (!this.#takeSymbol('(')) {
      while (this.#isLiteral()) values.push(...this.#literal('a value'));
      return values;
    }
    if (this.#takeSymbol(')')) return values;
    do values.push(...this.#literal('a value'));
    while (this.#takeSymbol(','));
    if (!this.#takeSymbol(')')) throw this.#unexpected("',' or ')'");
    return values;
  }

  #isLiteral(): boolean {
    return (
      this.#tokens[this.#next]?.kind === 'literal' || this.#isKeyword('true') || this.#isKeyword('false')
    );
  }

  #literal(expected: string): readonly Literal[] {
    const token = this.#tokens[this.#next];
    if (!this.#isLiteral() || token === undefined) throw this.#unexpected(expected);
    this.#next++;
    return token.kind === 'literal' ? token.literals : [{ kind: 'flag', text: token.text.toLowerCase() }];
  }

  #isKeyword(keyword: string): boolean {
    const token = this.#tokens[this.#next];
    return token?.kind === 'word' && token.text.toLowerCase() === keyword;
  }

  #takeKeyword(keyword: string): boolean {
    const found = this.#isKeyword(keyword);
    if (found) this.#next++;
    return found;
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#tokens[this.#next];
    const found = token?.kind === 'symbol' && token.text === symbol;
    if (found) this.#next++;
    return found;
  }

  #takeWord(expected: string): string {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'word') throw this.#unexpected(expected);
    this.#next++;
    return token.text;
  }

  #unexpected(expected: string): Error {
    const token = this.#tokens[this.#next];
    const place = token ? `at position ${token.position + 1}` : 'at the end';
    return badRequest(`Expected ${expected} ${place} of the filter: ${this.#text}`);
  }
}
