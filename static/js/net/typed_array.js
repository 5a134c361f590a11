// @ts-check
// Arrays on the wire are Plotly's typed-array specification: dtype, shape, base64 of little-endian bytes.

/** @typedef {import("../types.js").TypedArraySpec} TypedArraySpec */

const TYPES = { f4: Float32Array, f8: Float64Array, u1: Uint8Array, i4: Int32Array };

/** @param {TypedArraySpec} spec */
export function decodeArray(spec) {
  const Type = TYPES[/** @type {keyof typeof TYPES} */ (spec.dtype)];
  if (!Type) throw new TypeError(`dtype ${spec.dtype} is not one of ${Object.keys(TYPES)}`);
  const text = atob(spec.bdata);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return new Type(bytes.buffer);
}

/**
 * @param {TypedArraySpec} spec
 * @returns {number[]}
 */
export function decodeShape(spec) {
  return String(spec.shape).split(",").map(Number);
}

/**
 * @param {Uint8Array} bytes
 * @param {number[]} shape
 * @returns {TypedArraySpec}
 */
export function encodeBytes(bytes, shape) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { dtype: "u1", shape: shape.join(", "), bdata: btoa(text) };
}

/**
 * Numbers as little-endian float32.
 * @param {Float32Array} numbers
 * @param {number[]} shape
 * @returns {TypedArraySpec}
 */
export function encodeFloats(numbers, shape) {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  numbers.forEach((number, at) => view.setFloat32(at * 4, number, true));
  return { ...encodeBytes(new Uint8Array(view.buffer), shape), dtype: "f4" };
}
