import { decodeValue } from '../filter/marked.ts';
import type { Condition, Filter } from '../filter/syntax.ts';
import { badRequest } from '../refusal.ts';
import { BodyReader } from './body.ts';

type Token = Condition | '(' | ')' | 'and' | 'or';

/**
 * Filter of an array of `ArchiveRestrictionInfo` (reading.md, section 10.2): inactive ones are ignored, `InterOperator`
 * joins to the next (default And, which binds tighter than Or), `InterParenthesis` above 0 opens before a restriction
 * and below 0 closes after it. null when none is active.
 */
export function restrictionFilter(elements: readonly unknown[]): Filter | null {
  const active = elements.map(element => new BodyReader(element)).filter(element => element.flag('IsActive'));
  const tokens: Token[] = [];
  for (const [index, element] of active.entries()) {
    const depth = element.number('InterParenthesis', 0);
    for (let open = 0; open < depth; open++) tokens.push('(');
    tokens.push(conditionOf(element));
    for (let close = 0; close > depth; close--) tokens.push(')');
    if (index < active.length - 1)
      tokens.push(element.text('InterOperator').toLowerCase() === 'or' ? 'or' : 'and');
  }
  if (tokens.length === 0) return null;
  const state = { tokens, next: 0 };
  const filter = either(state);
  if (state.next < tokens.length) throw unbalanced();
  return filter;
}

function conditionOf(element: BodyReader): Condition {
  if (element.list('SubRestrictions').length > 0)
    throw badRequest(`The sandbox does not answer sub-restrictions of '${element.text('Name')}'.`);
  return {
    kind: 'condition',
    column: element.text('Name'),
    operator: element.text('Operator'),
    values: element.texts('Values').flatMap(decodeValue),
  };
}

interface State {
  readonly tokens: readonly Token[];
  next: number;
}

function either(state: State): Filter {
  const branches = [both(state)];
  while (take(state, 'or')) branches.push(both(state));
  return joined('or', branches);
}

function both(state: State): Filter {
  const branches = [single(state)];
  while (take(state, 'and')) branches.push(single(state));
  return joined('and', branches);
}

function single(state: State): Filter {
  if (take(state, '(')) {
    const inner = either(state);
    if (!take(state, ')')) throw unbalanced();
    return inner;
  }
  const token = state.tokens[state.next++];
  if (typeof token !== 'object') throw unbalanced();
  return token;
}

function joined(kind: 'and' | 'or', branches: readonly Filter[]): Filter {
  const [first] = branches;
  return branches.length === 1 && first ? first : { kind, branches };
}

function take(state: State, token: Token): boolean {
  const found = state.tokens[state.next] === token;
  if (found) state.next++;
  return found;
}

function unbalanced(): Error {
  return badRequest('The InterParenthesis values of the restrictions do not close what they open.');
}
