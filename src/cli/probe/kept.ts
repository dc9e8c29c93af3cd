import type { ConnectOptions } from '../../superoffice/connect.ts';

/** What earlier probes found out about the tenant of a state folder (`.sic/<profile>`), for `connect`. */
export function keptOpenPoints(stateFolder: string): NonNullable<ConnectOptions['openPoints']> {
  return async (tenant, database) => {
    const { readKeptAnswers } = await import('../../state/kept-answers.ts');
    const { openPointsFrom, readAnswers } = await import('../../superoffice/open-points.ts');
    const kept = await readKeptAnswers(stateFolder, tenant, database);
    return openPointsFrom(readAnswers(kept?.answers ?? {}));
  };
}
