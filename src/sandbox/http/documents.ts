import type { Answer, Route } from './exchange.ts';

export const release = 'Release_12.4_2026.09.17-05';

/** `GET {api}`: the versions as JSON when that is asked for, else as a page (reading.md, section 1.4). */
export function versionDocument(apiRoot: string, accept: string | undefined): Answer {
  const versions = {
    v1: `${apiRoot}/v1/`,
    NetServerVersion: '12.4.1514.0',
    NetServerAssembly: '12.4.0.0',
    NetServerDate: '2026-09-17',
    NetServerLabel: release,
    NetServer: `SuperOffice 12.4 NetServer 12.4 Release (Build: ${release})`,
    Services: 'Services88',
    ServicesCurrent: 'Services88',
    Version: 'v1',
    Documentation: 'https://docs.superoffice.com/en/api/',
  };
  if (accept?.toLowerCase().includes('application/json')) return { status: 200, json: versions };
  const rows = Object.entries(versions).map(([name, value]) => `<tr><th>${name}</th><td>${value}</td></tr>`);
  return {
    status: 200,
    text: `<!DOCTYPE html><html><head><title>SuperOffice sandbox</title></head><body><table>${rows.join('')}</table></body></html>`,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  };
}

/** `GET {api}/v1`: absolute endpoint URL → method → description. Lets clients see what this server can do. */
export function endpointDocument(apiRoot: string, routes: readonly Route[]): Answer {
  const endpoints: Record<string, Record<string, string>> = {};
  for (const [method, pattern] of routes) {
    const url = `${apiRoot}${pattern}`;
    endpoints[url] = { ...endpoints[url], [method]: `${method} ${pattern}` };
  }
  return { status: 200, json: endpoints };
}
