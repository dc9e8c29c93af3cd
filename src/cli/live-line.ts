import { Writable } from 'node:stream';
import ora from 'ora';
import type { Output } from './context.ts';

/** One line at the bottom of a terminal that is drawn over. */
export interface LiveLine {
  show(text: string): void;
  /** Wipes it, so that something else can be written; `show` brings it back. */
  hide(): void;
}

export function createLiveLine(output: Output): LiveLine {
  const spinner = ora({
    stream: new Terminal(output),
    isEnabled: true,
    // ora would decide for itself whether NO_COLOR counts.
    color: false,
    // Without these ora would touch the process: its cursor, its stdin, its signals.
    hideCursor: false,
    discardStdin: false,
  });
  return {
    show(text) {
      spinner.text = text;
      if (!spinner.isSpinning) spinner.start();
    },
    hide() {
      if (spinner.isSpinning) spinner.stop();
    },
  };
}

/** What ora needs of a terminal, on top of an Output. */
class Terminal extends Writable {
  readonly isTTY = true;
  readonly #output: Output;

  constructor(output: Output) {
    super({ decodeStrings: false });
    this.#output = output;
  }

  get columns(): number {
    return this.#output.columns;
  }

  override _write(chunk: unknown, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#output.write(String(chunk));
    done();
  }

  cursorTo(column: number): boolean {
    return this.write(`\u001B[${column + 1}G`);
  }

  moveCursor(_columns: number, lines: number): boolean {
    return lines < 0 ? this.write(`\u001B[${-lines}A`) : true;
  }

  /** The whole part of the line from the cursor on. */
  clearLine(): boolean {
    return this.write('\u001B[K');
  }
}
