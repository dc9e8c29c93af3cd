import { connect } from 'node:tls';

const timeout = 5_000;

/**
 * The last day of the certificate that a server shows, in milliseconds since 1970; null when it cannot be looked at
 * directly (a firewall, a proxy that is the only way out). Whether it is trusted is decided by the requests; nothing is sent.
 */
export function certificateEnd(target: URL): Promise<number | null> {
  return new Promise(resolve => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: Number(target.port || 443),
      // A server name is a name: an address is none (RFC 6066).
      ...(/[a-z]/i.test(host) && !host.includes(':') ? { servername: host } : {}),
      rejectUnauthorized: false,
    });
    const end = (day: number | null): void => {
      socket.destroy();
      resolve(day);
    };
    socket.setTimeout(timeout, () => end(null));
    socket.once('error', () => end(null));
    socket.once('secureConnect', () => {
      const day = Date.parse(socket.getPeerCertificate().valid_to ?? '');
      end(Number.isNaN(day) ? null : day);
    });
  });
}
