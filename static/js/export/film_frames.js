// @ts-check
// The server's film in WebP, taken apart: every picture by itself, and how long it is seen.

const HEAD = 12; // RIFF, its length, WEBP
const CHUNK = 8; // its name, its length
const PLACE = 16; // where in the film a picture lies, how large it is, how long it is seen
const DURATION_AT = 12;

/** @typedef {{picture: Blob, milliseconds: number}} FilmFrame */

/**
 * @param {ArrayBuffer} film  each of whose pictures is whole, as the server writes it
 * @returns {FilmFrame[]}
 */
export function framesIn(film) {
  const bytes = new Uint8Array(film);
  const view = new DataView(film);
  const frames = [];
  for (let at = HEAD; at + CHUNK <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const start = at + CHUNK;
    if (nameAt(bytes, at) === "ANMF") {
      const milliseconds = view.getUint32(start + DURATION_AT, true) & 0xffffff;
      frames.push({ picture: still(bytes.subarray(start + PLACE, start + length)), milliseconds });
    }
    at = start + length + (length % 2);
  }
  return frames;
}

/** @param {Uint8Array} bytes @param {number} at */
const nameAt = (bytes, at) => String.fromCharCode(...bytes.subarray(at, at + 4));

/** A file of one picture. @param {Uint8Array} chunks */
function still(chunks) {
  const head = new Uint8Array(HEAD);
  head.set([..."RIFF"].map(codeOf));
  new DataView(head.buffer).setUint32(4, chunks.length + 4, true);
  head.set([..."WEBP"].map(codeOf), 8);
  return new Blob([head, new Uint8Array(chunks)], { type: "image/webp" });
}

/** @param {string} letter */
const codeOf = (letter) => letter.charCodeAt(0);
