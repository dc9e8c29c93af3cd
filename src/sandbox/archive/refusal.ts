import { SandboxError } from '../http/exchange.ts';

/** 400: the request cannot be understood (reading.md, section 6.2). */
export function badRequest(message: string): SandboxError {
  return new SandboxError(400, 'ArgumentException', message);
}

export function unknownProvider(name: string): SandboxError {
  return new SandboxError(404, 'SoNotFoundException', `There is no archive provider '${name}'.`);
}
