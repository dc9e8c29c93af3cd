const textOrComment = /"(?:[^"\\\r\n]|\\.)*"?|\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/g;

/**
 * The text with comments of both kinds (to the end of the line, and in a block) blanked out: every other character keeps
 * its place, and lines stay lines. A block comment that is never closed stays, so that whoever reads on finds it.
 */
export function withoutComments(text: string): string {
  return text.replace(textOrComment, part =>
    part.startsWith('"') || isUnclosed(part) ? part : part.replace(/[^\r\n]/g, ' '),
  );
}

function isUnclosed(comment: string): boolean {
  return comment.startsWith('/*') && (comment.length < 4 || !comment.endsWith('*/'));
}
