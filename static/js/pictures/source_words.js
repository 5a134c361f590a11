// @ts-check
// Whose picture it is, how large it was made, and where it goes.

const WAYS = "Bring your own: choose a file, drop one here, or paste one.";

/**
 * @param {import("./subject.js").Subject} subject  of a network trained elsewhere
 * @param {{isLost: boolean, staysHere: boolean}} where  isLost: a link names a picture that only a file had
 */
export function sourceWords({ ground, shape: [height, width], cells }, { isLost, staysHere }) {
  if (!ground) return "";
  const size = `${width} × ${height}`;
  const isDrawn = cells.some((cell) => cell > 0);
  const lost = isLost ? "A link can’t hold the picture that was brought. " : "";
  if (ground.brought) {
    const goes = staysHere ? "It stays in this browser." : "The server answers, and keeps nothing of it.";
    const middle = ground.isCut ? "the middle of it, " : "";
    return `“${ground.brought.opened.name}”, ${middle}made ${size}. ${goes}`;
  }
  if (ground.picture) {
    const drawn = isDrawn ? ", drawn over" : "";
    return `${lost}“${ground.picture.name}”, ${size}${drawn}: ours, not from your training. ${WAYS}`;
  }
  return isDrawn ? `Your drawing, ${size}.` : `${lost}Blank paper, ${size}. ${WAYS}`;
}
