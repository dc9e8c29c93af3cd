import { connect, createServer } from 'node:net';

/**
 * A wire to a server on which every answer comes `latency` milliseconds after its request: what the server needs is part
 * of it. Counts how long connections wait for an answer. Knows nothing of HTTP but that one request is out at a time.
 */
export async function openSlowWire(target, latency) {
  const { hostname, port } = new URL(target);
  const sockets = new Set();
  const use = { starts: [], writes: [], busy: 0, last: 0 };

  const server = createServer({ noDelay: true }, near => {
    const far = connect({ host: hostname, port: Number(port), noDelay: true });
    const both = [near, far];
    for (const socket of both) sockets.add(socket);
    let asked = null;
    near.on('data', piece => {
      if (asked === null) {
        asked = performance.now();
        use.starts.push(asked);
        if (/^(POST|PATCH|PUT) /.test(piece.toString('latin1', 0, 6))) use.writes.push(asked);
      }
      far.write(piece);
    });
    // The pieces of an answer stay in order: what comes while the first one is held waits with it.
    let held = null;
    far.on('data', piece => {
      if (held !== null) return void held.push(piece);
      const due = asked === null ? 0 : asked + latency - performance.now();
      if (due <= 0) return answer([piece]);
      held = [piece];
      setTimeout(() => answer(held), due);
    });
    function answer(pieces) {
      held = null;
      if (asked !== null) {
        use.last = performance.now();
        use.busy += use.last - asked;
        asked = null;
      }
      for (const piece of pieces) near.write(piece);
    }
    for (const [one, other] of [both, [far, near]]) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: target.replace(`:${port}`, `:${server.address().port}`),
    /** Since the last call: when requests came, and which of them write (milliseconds), when the last answer went, how long all were waited for. */
    take() {
      const taken = { ...use };
      Object.assign(use, { starts: [], writes: [], busy: 0, last: 0 });
      return taken;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
