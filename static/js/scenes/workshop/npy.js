// @ts-check
// NumPy's file of one array (format version 1.0, as `numpy.lib.format` describes it).

/** @typedef {import("../../types.js").Kernel} Kernel */

const MAGIC = "\x93NUMPY";
const HEADER = 10;
const ALIGNED = 64;
const KINDS = "An array must be of float32 or float64 (<f4, <f8), in C order.";

/** @param {ArrayBuffer} content */
export const isNpy = (content) =>
  String.fromCharCode(...new Uint8Array(content, 0, Math.min(6, content.byteLength))) === MAGIC;

/**
 * @param {ArrayBuffer} content
 * @returns {Kernel}  of whatever shape the array has
 * @throws {Error} in words
 */
export function readNpy(content) {
  const view = new DataView(content);
  if (content.byteLength < HEADER + 2) throw new Error("The NumPy file ends too soon.");
  const isFirst = view.getUint8(6) === 1;
  const start = isFirst ? HEADER : HEADER + 2;
  const length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > content.byteLength) throw new Error("The NumPy file ends too soon.");
  const head = new TextDecoder("latin1").decode(new Uint8Array(content, start, length));
  const kind = /'descr': *'<f([48])'/.exec(head)?.[1];
  const lengths = /'shape': *\(([^)]*)\)/.exec(head)?.[1];
  if (!kind || lengths === undefined || !/'fortran_order': *False/.test(head)) throw new Error(KINDS);
  const bytes = Number(kind);
  const shape = lengths
    .split(",")
    .filter((part) => part.trim())
    .map(Number);
  const count = shape.reduce((product, one) => product * one, 1);
  if (start + length + count * bytes > content.byteLength) throw new Error("The NumPy file ends too soon.");
  const at = (/** @type {number} */ place) => start + length + place * bytes;
  const weights = Float32Array.from({ length: count }, (_, place) =>
    bytes === 4 ? view.getFloat32(at(place), true) : view.getFloat64(at(place), true),
  );
  return { shape: /** @type {Kernel["shape"]} */ (shape), weights };
}

/** @param {Float32Array} numbers @param {number[]} shape @returns {Uint8Array} */
export function writeNpy(numbers, shape) {
  const head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`;
  const length = Math.ceil((HEADER + head.length + 1) / ALIGNED) * ALIGNED - HEADER;
  const text = MAGIC + "\x01\x00\x00\x00" + head.padEnd(length - 1) + "\n";
  const bytes = new Uint8Array(HEADER + length + numbers.length * 4);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, length, true);
  numbers.forEach((number, at) => view.setFloat32(HEADER + length + at * 4, number, true));
  return bytes;
}
