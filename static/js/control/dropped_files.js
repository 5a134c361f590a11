// @ts-check
// The files that somebody drops or chooses, out of folders too, each with its path as far as it is told.

/**
 * @typedef {import("../net/uploading.js").Named} Named
 */

const DEEPEST = 4;

/** @param {Iterable<File>} files @returns {Named[]} */
export const chosenFiles = (files) =>
  [...files]
    .map((file) => ({ name: file.webkitRelativePath || file.name, file }))
    .filter(({ name }) => !name.split("/").some((part) => part.startsWith(".")));

/**
 * What was dropped; the list has to be read while the event lasts, the folders in it may take their time.
 * @param {DataTransfer} data
 * @returns {Promise<Named[]>}
 */
export function droppedFiles(data) {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const folders = entries.filter((entry) => entry?.isDirectory);
  if (!folders.length) return Promise.resolve(chosenFiles(data.files));
  return Promise.all(entries.map((entry) => (entry ? within(entry, "", DEEPEST) : []))).then((found) =>
    found.flat(),
  );
}

/**
 * @param {FileSystemEntry} entry
 * @param {string} folder
 * @param {number} deepest
 * @returns {Promise<Named[]>}
 */
async function within(entry, folder, deepest) {
  const name = folder ? `${folder}/${entry.name}` : entry.name;
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) {
    const one = /** @type {FileSystemFileEntry} */ (entry);
    return [{ name, file: await new Promise((resolve, reject) => one.file(resolve, reject)) }];
  }
  if (!deepest) return [];
  const inside = await entriesOf(/** @type {FileSystemDirectoryEntry} */ (entry));
  return (await Promise.all(inside.map((one) => within(one, name, deepest - 1)))).flat();
}

/** A browser gives a hundred at a time. @param {FileSystemDirectoryEntry} folder */
async function entriesOf(folder) {
  const reader = folder.createReader();
  /** @type {FileSystemEntry[]} */
  const all = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return all;
    all.push(...some);
  }
}
