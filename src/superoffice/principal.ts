import type { Http } from './http.ts';
import { isObject, numberOf, textOf } from './json.ts';
import type { Principal } from './superoffice.ts';

/** Who is signed in (reading.md, sections 2.6 and 13.2): also the cheapest proof that address and sign-in are right. */
export async function readPrincipal(http: Http): Promise<Principal> {
  const json = await http.send({
    kind: 'read',
    method: 'GET',
    path: '/v1/User/currentPrincipal',
    firstContact: true,
    lacks: answer =>
      isObject(answer) && numberOf(answer, 'AssociateId') > 0 ? null : 'the user who is signed in',
  });
  const user = isObject(json) ? json : {};
  return {
    associateId: numberOf(user, 'AssociateId'),
    associate: textOf(user, 'Associate'),
    fullName: textOf(user, 'FullName'),
    isSystemUser: textOf(user, 'UserType') === 'SystemAssociate',
    database: textOf(user, 'DatabaseContextIdentifier'),
    userType: textOf(user, 'UserType'),
    email: textOf(user, 'EMailAddress'),
    role: textOf(user, 'RoleName'),
    functionRights: textsIn(user.FunctionRights),
  };
}

function textsIn(list: unknown): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  return entries.filter(entry => typeof entry === 'string');
}
