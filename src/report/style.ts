/** How a report marks up its text. Plain text when the receiver is not a terminal. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  warn(text: string): string;
  bad(text: string): string;
}

const same = (text: string) => text;

export const plain: Style = { bold: same, dim: same, good: same, warn: same, bad: same };
