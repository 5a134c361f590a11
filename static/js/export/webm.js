// @ts-check
// Encoded pictures as a WebM file that can be sought in. The format: RFC 9559 (Matroska), 2024, in the
// subset of WebM; what surrounds it, RFC 8794 (EBML), 2020.

/**
 * @typedef {{bytes: Uint8Array, milliseconds: number, isKey: boolean}} Encoded  from the film's beginning
 * @typedef {{matrix?: string | null, transfer?: string | null, primaries?: string | null,
 *   fullRange?: boolean | null}} Colours  as the encoder names them
 * @typedef {{width: number, height: number, milliseconds: number, colours: Colours}} Shape
 */

/** What WebCodecs calls them, as numbers of ITU-T H.273. @type {Record<string, number>} */
const CODES = { bt709: 1, bt470bg: 5, smpte170m: 6, "iec61966-2-1": 13 };
const UNKNOWN = 2;
const CODE_OF_RANGE = { broadcast: 1, full: 2 };

/** @param {Encoded[]} pictures  in order, the first of them a key @param {Shape} shape @returns {Blob} */
export function webm(pictures, shape) {
  const head = [information(shape.milliseconds), tracks(shape)];
  const clusters = clustersOf(pictures);
  const before = sizeOf(head) + sizeOf([cues(clusters, 0)]);
  const segment = element(0x18538067, ...head, cues(clusters, before), ...clusters.map(({ bytes }) => bytes));
  return new Blob([.../** @type {Uint8Array<ArrayBuffer>[]} */ ([opening(), segment])], {
    type: "video/webm",
  });
}

const opening = () =>
  element(
    0x1a45dfa3,
    element(0x4286, whole(1)),
    element(0x42f7, whole(1)),
    element(0x42f2, whole(4)),
    element(0x42f3, whole(8)),
    element(0x4282, text("webm")),
    element(0x4287, whole(4)),
    element(0x4285, whole(2)),
  );

/** @param {number} milliseconds */
const information = (milliseconds) =>
  element(
    0x1549a966,
    element(0x2ad7b1, whole(1_000_000)), // times are in milliseconds
    element(0x4489, real(milliseconds)),
    element(0x4d80, text("Filterscope")),
    element(0x5741, text("Filterscope")),
  );

/** @param {Shape} shape */
function tracks({ width, height, colours }) {
  const { matrix, transfer, primaries, fullRange } = colours;
  const colour = element(
    0x55b0,
    element(0x55b1, whole(CODES[matrix ?? ""] ?? UNKNOWN)),
    element(0x55b9, whole(fullRange ? CODE_OF_RANGE.full : CODE_OF_RANGE.broadcast)),
    element(0x55ba, whole(CODES[transfer ?? ""] ?? UNKNOWN)),
    element(0x55bb, whole(CODES[primaries ?? ""] ?? UNKNOWN)),
  );
  const video = element(0xe0, element(0xb0, whole(width)), element(0xba, whole(height)), colour);
  const numbers = [0xd7, 0x73c5, 0x83].map((id) => element(id, whole(1))); // track 1, a video
  const entry = element(0xae, ...numbers, element(0x9c, whole(0)), element(0x86, text("V_VP9")), video);
  return element(0x1654ae6b, entry);
}

/** From key to key, so that each can be begun with. @param {Encoded[]} pictures */
function clustersOf(pictures) {
  const begins = pictures.flatMap(({ isKey }, at) => (isKey ? [at] : []));
  return begins.map((begin, place) => {
    const among = pictures.slice(begin, begins[place + 1]);
    const start = among[0].milliseconds;
    const blocks = among.map(({ bytes, milliseconds, isKey }) => {
      const since = milliseconds - start;
      return element(0xa3, Uint8Array.of(0x81, since >> 8, since & 0xff, isKey ? 0x80 : 0), bytes);
    });
    return { start, bytes: element(0x1f43b675, element(0xe7, whole(start)), ...blocks) };
  });
}

/** @param {{start: number, bytes: Uint8Array}[]} clusters @param {number} before  bytes before the first */
function cues(clusters, before) {
  let at = before;
  const points = clusters.map(({ start, bytes }) => {
    const place = element(0xb7, element(0xf7, whole(1)), element(0xf1, whole(at)));
    at += bytes.length;
    return element(0xbb, element(0xb3, whole(start)), place);
  });
  return element(0x1c53bb6b, ...points);
}

/** @param {number} id @param {...Uint8Array} parts */
function element(id, ...parts) {
  const name = [24, 16, 8, 0].map((shift) => (id >>> shift) & 0xff).filter((byte, at) => byte || at === 3);
  const size = sizeOf(parts);
  const bytes = new Uint8Array(name.length + 8 + size);
  bytes.set(name);
  new DataView(bytes.buffer).setBigUint64(name.length, (1n << 56n) | BigInt(size));
  let at = name.length + 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** @param {Uint8Array[]} parts */
const sizeOf = (parts) => parts.reduce((sum, { length }) => sum + length, 0);

/** Always eight bytes, so that lengths are known before places are. @param {number} value */
function whole(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Math.round(value)));
  return bytes;
}

/** @param {number} value */
function real(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}

/** @param {string} letters */
const text = (letters) => new TextEncoder().encode(letters);
