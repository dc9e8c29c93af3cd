import { areas, type DoctorResult } from '../doctor/result.ts';
import { probeJson } from './probe.ts';

/** The document of `sic doctor --json`: one object, checks in the order of their areas. */
export function doctorJson(result: DoctorResult, exitCode: number): string {
  const { profile, tenant, made, fixable, schedule, probe, error } = result;
  const checks = areas.flatMap(area =>
    result.checks
      .filter(check => check.area === area)
      .map(({ name, status, found, todo }) => ({ area, name, status, found, todo })),
  );
  const document = {
    kind: 'sic.doctor',
    formatVersion: 1,
    profile,
    tenant,
    exitCode,
    checks,
    made,
    fixable,
    schedule,
    probe: probe === null ? null : probeJson(probe),
    error,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
