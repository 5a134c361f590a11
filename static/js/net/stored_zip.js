// @ts-check
// A zip of files as they are, made without holding them: what is read of each is its checksum.

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest >>> 0;
});
const MOST_FILES = 65_000; // that such an archive can list
const IS_UTF8 = 0x800;
const JANUARY = 0x21; // of 1980: when the files were changed is nobody's business

/** @typedef {{name: string, file: Blob}} Entry */

/** Why a folder can't be sent, as a person reads it. */
export class NotPacked extends Error {}

/**
 * @param {Entry[]} entries
 * @param {(done: number) => void} progress  how many files were read
 * @returns {Promise<Blob>}
 */
export async function storedZip(entries, progress) {
  if (entries.length > MOST_FILES)
    throw new NotPacked(`The folder holds more than ${MOST_FILES} files: make a zip of it.`);
  /** @type {BlobPart[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const list = [];
  let at = 0;
  for (const [done, { name, file }] of entries.entries()) {
    const path = new TextEncoder().encode(name);
    const about = await headOf(file, path.length);
    const head = numbers([4, 0x04034b50], ...about, [2, 0]);
    list.push(numbers([4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, at]));
    list.push(path);
    parts.push(head, path, file);
    at += head.length + path.length + file.size;
    progress(done + 1);
  }
  const length = list.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const count = entries.length;
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, length], [4, at], [2, 0]);
  return new Blob([...parts, ...list, end], { type: "application/zip" });
}

/**
 * What both places say of a file: version, flags, packing, time, date, checksum, sizes, length of its name.
 * @param {Blob} file
 * @param {number} nameLength
 * @returns {Promise<[number, number][]>}
 */
async function headOf(file, nameLength) {
  const sum = checksum(new Uint8Array(await file.arrayBuffer()));
  return [
    [2, 20],
    [2, IS_UTF8],
    [2, 0],
    [2, 0],
    [2, JANUARY],
    [4, sum],
    [4, file.size],
    [4, file.size],
    [2, nameLength],
  ];
}

/** CRC-32. @param {Uint8Array} bytes */
export function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** Little-endian numbers, each of so many bytes. @param {...[number, number]} values */
function numbers(...values) {
  const bytes = new Uint8Array(values.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of values) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}
