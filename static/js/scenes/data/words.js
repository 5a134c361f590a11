// @ts-check
// What is said of pictures of one's own.

import { grouped } from "../../words/numbers.js";

/** @typedef {import("../../net/answers.js").DatasetAnswer} DatasetAnswer */

const MOST_NAMED = 5;
const KNOWN_ENDS = /\.(zip|npz)$/i;

/** @param {number} count @param {string} one @param {string} [more] */
const counted = (count, one, more = `${one}s`) => `${grouped(count)} ${count === 1 ? one : more}`;

/** @param {DatasetAnswer} dataset */
export function sizeWords({ train_size, test_size, shape, class_names }) {
  const colours = shape[2] === 1 ? "gray" : "colour";
  const sets = `${grouped(train_size)} to learn from, ${grouped(test_size)} to test with`;
  const classes = counted(class_names.length, "class", "classes");
  return `${sets}; ${shape[0]}×${shape[1]} in ${colours}, ${classes}`;
}

/** Each class with its pictures of both sets. @param {DatasetAnswer} dataset */
export const classWords = ({ class_names, own }) =>
  class_names
    .map((name, at) => `${name} ${grouped((own?.train_counts[at] ?? 0) + (own?.test_counts[at] ?? 0))}`)
    .join(" · ");

/** @param {DatasetAnswer} dataset */
export function leftOutWords({ own }) {
  if (!own?.left_out_count) return "";
  return `${counted(own.left_out_count, "file was", "files were")} left out`;
}

/** @param {DatasetAnswer} dataset */
export const hiddenWords = ({ own }) =>
  own?.hidden ? `${counted(own.hidden, "hidden file was", "hidden files were")} passed over.` : "";

/** @param {import("../../net/sending_pictures.js").HowFar} howFar */
export function howFarWords({ phase, done, total }) {
  if (phase === "packed") return `${grouped(done)} of ${counted(total, "file")} put together`;
  if (phase === "read") return `${grouped(done)} of ${counted(total, "picture")} looked at`;
  return `${megabytes(done)} of ${megabytes(total)} MB sent`;
}

/** @param {number} bytes */
export const megabytes = (bytes) => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

/** What a file or folder suggests as a name. @param {string} file */
export const nameFrom = (file) =>
  file
    .replace(KNOWN_ENDS, "")
    .replace(/[/\\@]/g, " ")
    .trim()
    .slice(0, 60);

/** @param {string} name @param {number} files @param {number} bytes */
export const chosenWords = (name, files, bytes) =>
  files === 1
    ? `${name}, ${megabytes(bytes)} MB`
    : `${name}: ${counted(files, "file")}, ${megabytes(bytes)} MB`;

/** @param {string[]} runs  that need them */
export function needWords(runs) {
  if (!runs.length) return "They are deleted for good.";
  const need = counted(runs.length, "run needs", "runs need");
  const named = `${runs.slice(0, MOST_NAMED).join(", ")}${runs.length > MOST_NAMED ? " …" : ""}`;
  return `${need} these pictures to be repeated or asked about: ${named}`;
}
