import { setFlagsFromString } from 'node:v8';

/**
 * For commands through which rows flow and of which little stays: garbage is collected when the heap has grown by half
 * since the last time, not up to fourfold. That keeps the peak of memory a quarter lower, at hardly any time. Only from
 * within: Node takes such a flag neither from a shebang everywhere nor from who calls the script.
 */
export function collectEarly(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
