// @ts-check
// Packets as they lie in an `.fscope` file, one after the other: what a watched training told. Draws nothing.

export const MAGIC = "FSC1";
const LENGTHS_BYTES = 16; // magic, bytes of the header, bytes of the arrays, check value
const MOST_HEADER_BYTES = 1024 ** 2;
const MOST_PACKET_BYTES = 8 * 1024 ** 2;

/** Says why bytes aren't a packet, as what follows "the packet". */
export class PacketBroken extends Error {}

/** The bytes end before the packet does. */
export class PacketCut extends PacketBroken {}

/**
 * @typedef {object} Packet
 * @property {Record<string, unknown>} header
 * @property {Blob} body  all of it, as it is sent
 * @property {number} end  where the next one begins
 */

/**
 * Reads packets one after the other until the file ends; never more than one of them is in memory.
 * Throws PacketCut where the file ends inside a packet, PacketBroken where one isn't what was written.
 * @param {Blob} file
 * @returns {AsyncGenerator<Packet, void, void>}
 */
export async function* packetsIn(file) {
  for (let start = 0; start < file.size;) {
    const packet = await packetAt(file, start);
    yield packet;
    start = packet.end;
  }
}

/** @param {Blob} file @param {number} start @returns {Promise<Packet>} */
async function packetAt(file, start) {
  const lengths = lengthsIn(await bytesOf(file.slice(start, start + LENGTHS_BYTES)));
  const begin = start + LENGTHS_BYTES;
  const end = begin + lengths.header + lengths.blob;
  if (end > file.size) throw new PacketCut(`ends ${counted(end - file.size)} bytes too early`);
  const rest = await bytesOf(file.slice(begin, end));
  if (checkValue(rest) !== lengths.check)
    throw new PacketBroken("isn't what was sent: its check value is another");
  return { header: objectIn(rest.subarray(0, lengths.header)), body: file.slice(start, end), end };
}

/** @param {Uint8Array} bytes */
function lengthsIn(bytes) {
  const magic = MAGIC.slice(0, bytes.length);
  if (magic !== String.fromCharCode(...bytes.subarray(0, MAGIC.length)))
    throw new PacketBroken(`doesn't begin with ${MAGIC}`);
  if (bytes.length < LENGTHS_BYTES) throw new PacketCut("ends before its lengths do");
  const view = new DataView(bytes.buffer);
  const [header, blob, check] = [4, 8, 12].map((at) => view.getUint32(at, true));
  if (header > MOST_HEADER_BYTES)
    throw new PacketBroken(
      `has a header of ${counted(header)} bytes; ${counted(MOST_HEADER_BYTES)} are allowed`,
    );
  if (LENGTHS_BYTES + header + blob > MOST_PACKET_BYTES)
    throw new PacketBroken(
      `has ${counted(LENGTHS_BYTES + header + blob)} bytes; ${counted(MOST_PACKET_BYTES)} are allowed`,
    );
  if (blob % 4)
    throw new PacketBroken(`has ${counted(blob)} bytes of arrays, which is no whole number of float32`);
  return { header, blob, check };
}

/** @param {Uint8Array} text @returns {Record<string, unknown>} */
function objectIn(text) {
  let header = null;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch {
    throw new PacketBroken("has a header that isn't JSON");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw new PacketBroken("has a header that is no JSON object");
  return header;
}

/** @param {Blob} blob */
const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

/** @param {number} bytes */
const counted = (bytes) => bytes.toLocaleString("en");

/** Of each byte, by the polynomial of zlib and PNG turned round. */
const REMAINDERS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The CRC-32 that zlib and PNG use. @param {Uint8Array} bytes */
export function checkValue(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = REMAINDERS[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
