import type { RunPorts } from './ports.ts';

/** Rejects with the signal's reason when it fires first. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Told why the run has to stop: the signal itself when it was interrupted, the error of a brake. */
export function listen({ signal, brake }: RunPorts, stop: (reason: unknown) => void): () => void {
  const onSignal = (): void => stop(signal);
  const onBrake = (): void => stop(brake.signal.reason);
  signal.addEventListener('abort', onSignal);
  brake.signal.addEventListener('abort', onBrake);
  if (signal.aborted) onSignal();
  if (brake.signal.aborted) onBrake();
  return () => {
    signal.removeEventListener('abort', onSignal);
    brake.signal.removeEventListener('abort', onBrake);
  };
}
