import { createRequire } from 'node:module';

type WebApi = typeof import('@superoffice/webapi', { with: { 'resolution-mode': 'require' }});

/** The official client. Its ES modules import each other without file endings, which Node refuses; the CommonJS ones load. */
export const webapi: WebApi = createRequire(import.meta.url)('@superoffice/webapi');
