/** Why no answer came, in words, and what that means for sending again. */
export interface NetworkFault {
  /** Continues "POST /v1/Contact: …". */
  readonly message: string;
  readonly hint: string;
  /** False only when it is certain that nothing of the request reached a server. */
  readonly sent: boolean;
  /** Will be so tomorrow. */
  readonly permanent: boolean;
  /** Most likely a wrong address: at first contact there is no point in trying again. */
  readonly nobodyThere: boolean;
}

export interface Route {
  /** Host and port that were called: `crm.example.com:443`. */
  readonly target: string;
  /** Host and port of the proxy on the way, or null. */
  readonly proxy: string | null;
  /** Where people write the address; left out: `the url of the profile`. */
  readonly setting?: string;
}

const untrusted: ReadonlySet<string> = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
]);
const closedByUs: ReadonlySet<string> = new Set(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);
const outOfDate: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** Thrown by the network or by undici about it, and not by a mistake in the program: such errors carry a code. */
export function isNetworkError(error: unknown): boolean {
  const { code } = describe(error);
  return code !== '' && code !== 'UND_ERR_INVALID_ARG';
}

/** Explains what undici or the operating system threw. */
export function explainNetworkFault(error: unknown, route: Route): NetworkFault {
  const { code, syscall, message } = describe(error);
  const { target, setting = 'the url of the profile' } = route;
  const called = route.proxy ?? target;
  const who = route.proxy ? `the proxy ${route.proxy}` : target;
  const before = { sent: false, permanent: false, nobodyThere: false };

  const refusedByProxy = /^Proxy response \((\d+)\)/.exec(message) ?? /\((407)\)/.exec(message);
  if (refusedByProxy)
    return {
      ...before,
      message: `the proxy ${called} answered ${refusedByProxy[1]} instead of opening a way to ${target}`,
      hint:
        refusedByProxy[1] === '407'
          ? 'It wants a user name and password: put them into HTTPS_PROXY (http://user:password@host:port).'
          : `Ask who runs the proxy to let ${target} through, or add its host to NO_PROXY.`,
      permanent: true,
    };
  if (untrusted.has(code))
    return {
      ...before,
      message: `the certificate of ${who} is not trusted (${code})`,
      hint: 'If a company proxy or your own authority signs it, write "ca": "file.pem" into the profile, with the path of that authority’s PEM file (or point NODE_EXTRA_CA_CERTS at it).',
      permanent: true,
    };
  if (outOfDate.has(code))
    return {
      ...before,
      message: `the certificate of ${who} is out of date (${code})`,
      hint: 'Check the clock of this machine; if it is right, the certificate has to be renewed.',
      permanent: true,
    };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return {
      ...before,
      message: `the certificate of ${who} belongs to another host`,
      hint: `Write ${setting} with the host name that the certificate carries.`,
      permanent: true,
    };
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return {
      ...before,
      message: `${who} does not speak TLS on that port (${code})`,
      hint: `Check the port in ${setting}, and whether a proxy stands in between.`,
      permanent: true,
    };
  if (code === 'ECONNREFUSED')
    return {
      ...before,
      message: `nobody is listening at ${called}`,
      hint: route.proxy
        ? 'Check HTTPS_PROXY: that is the address it names.'
        : `Check ${setting}, and that SuperOffice is running there.`,
      nobodyThere: true,
    };
  if (code === 'ENOTFOUND')
    return {
      ...before,
      message: `there is no host named ${called}`,
      hint: route.proxy
        ? 'Check HTTPS_PROXY for typing errors.'
        : `Check ${setting} for typing errors, and the network of this machine.`,
      nobodyThere: true,
    };
  if (code === 'EAI_AGAIN')
    return {
      ...before,
      message: `the name server did not answer when asked for ${called}`,
      hint: 'Check the network of this machine.',
    };
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || syscall === 'connect')
    return {
      ...before,
      message: `${called} could not be reached (${code || message})`,
      hint: 'Check the network, the firewall and whether a proxy is needed (HTTPS_PROXY).',
    };
  return { ...fate(code, target), sent: true, permanent: closedByUs.has(code), nobodyThere: false };
}

/** Faults after the connection stood: the server may have had the request. */
function fate(code: string, target: string): { message: string; hint: string } {
  const hint = 'Run the same command again when SuperOffice answers; what was accepted stays accepted.';
  switch (code) {
    case 'UND_ERR_HEADERS_TIMEOUT':
      return { message: `${target} took the request but did not answer in time`, hint };
    case 'UND_ERR_BODY_TIMEOUT':
      return { message: `${target} stopped in the middle of its answer`, hint };
    case 'UND_ERR_DESTROYED':
    case 'UND_ERR_CLOSED':
      return { message: `the connection to ${target} was closed before the answer came`, hint };
    default:
      return { message: `${target} broke the connection off (${code || 'no reason given'})`, hint };
  }
}

/** Connecting tries several addresses of a host at once: then the reasons are inside an AggregateError. */
function describe(error: unknown): { code: string; syscall: string; message: string } {
  if (!(error instanceof Error)) return { code: '', syscall: '', message: String(error) };
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  const own = { code: textIn(error, 'code'), syscall: textIn(error, 'syscall'), message: error.message };
  if (!(inner instanceof Error) || (own.code !== '' && own.syscall !== '')) return own;
  return {
    code: own.code || textIn(inner, 'code'),
    syscall: own.syscall || textIn(inner, 'syscall'),
    message: own.message || inner.message,
  };
}

function textIn(error: object, property: string): string {
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : '';
}
