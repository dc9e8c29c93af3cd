/** `12,345` */
export function number(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 row`, `12,345 rows`. `many` for words that do not just take an s. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** `under 0.1 s`, `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min` */
export function duration(milliseconds: number): string {
  if (milliseconds < 50) return 'under 0.1 s';
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min${whole % 60 === 0 ? '' : ` ${whole % 60} s`}`;
  const hours = Math.floor(minutes / 60);
  return `${number(hours)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}

/** A value as it stands in a report: in quotes, on one line, nothing in it that could steer a terminal. */
export function quote(value: string, longest: number): string {
  return `"${cut(oneLine(value), longest)}"`;
}

/** Line breaks become ⏎; other control characters, which could steer a terminal, become a dot. */
export function oneLine(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '⏎').replace(/\p{Cc}/gu, '·');
}

/** At most `longest` characters, the last of them … when something is missing. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const characters = Array.from(text);
  if (characters.length <= longest) return text;
  return `${characters.slice(0, Math.max(0, longest - 1)).join('')}…`;
}

/**
 * Lines of at most `width` columns, broken at spaces; the later ones begin with `indent`. A word that is longer, such as
 * a path, stays whole, so that it can be copied.
 */
export function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line: string | null = null;
  for (const word of text.split(' ')) {
    if (line !== null && line.trim() !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === null ? word : `${line} ${word}`;
  }
  return line === null ? lines : [...lines, line];
}

/** The name of a file without its folders. */
export function baseName(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file;
}
