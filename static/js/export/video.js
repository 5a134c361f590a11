// @ts-check
// A film as WebM, made in this browser: the server draws its frames, as it does a GIF's, and the browser's
// own encoder makes a video of them.

import { framesIn } from "./film_frames.js";
import { webm } from "./webm.js";

const CODEC = "vp09.00.31.08"; // VP9, eight bits, up to 2048 × 2048
const BITS_PER_SECOND = 12_000_000; // weights are hard edges, and a film is short
const KEY_EVERY = 12;
const MOST_WAITING = 4;
const HELD_MILLISECONDS = 40;

/**
 * Throws an Error that says why there is no video; an AbortError where it is cancelled.
 * @param {Blob} film  in WebP, as the server writes it
 * @param {(done: number, all: number) => void} tell
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>}
 */
export async function videoOf(film, tell, signal) {
  const frames = framesIn(await film.arrayBuffer());
  const filming = new Filming(await createImageBitmap(frames[0].picture));
  try {
    for (const [at, { picture, milliseconds }] of frames.entries()) {
      signal.throwIfAborted();
      await filming.add(await createImageBitmap(picture), milliseconds);
      tell(at + 1, frames.length);
    }
    return await filming.finish();
  } finally {
    filming.close();
  }
}

class Filming {
  /** @type {import("./webm.js").Encoded[]} */
  #pictures = [];
  /** @type {import("./webm.js").Colours} */
  #colours = {};
  /** @type {Error | null} */
  #trouble = null;
  #milliseconds = 0;
  #count = 0;

  /** @param {ImageBitmap} first  as large as all others */
  constructor(first) {
    this.canvas = document.createElement("canvas");
    this.canvas.width = first.width + (first.width % 2); // colours are kept for pairs of pixels
    this.canvas.height = first.height + (first.height % 2);
    this.encoder = new VideoEncoder({
      output: (chunk, about) => this.#keep(chunk, about),
      error: (error) => (this.#trouble = error),
    });
    const { width, height } = this.canvas;
    this.encoder.configure({ codec: CODEC, width, height, bitrate: BITS_PER_SECOND, latencyMode: "quality" });
  }

  /** @param {ImageBitmap} picture @param {number} milliseconds  that it is seen */
  async add(picture, milliseconds) {
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    context.fillStyle = "#fff";
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(picture, 0, 0);
    picture.close();
    await this.#encode(this.#milliseconds);
    this.#milliseconds += milliseconds;
  }

  /** Once more at the end, for players pass over how long the last picture is to be seen. */
  async finish() {
    await this.#encode(this.#milliseconds - HELD_MILLISECONDS);
    await this.encoder.flush();
    if (this.#trouble) throw this.#trouble;
    const { width, height } = this.canvas;
    const shape = { width, height, milliseconds: this.#milliseconds, colours: this.#colours };
    return webm(this.#pictures, shape);
  }

  close() {
    if (this.encoder.state !== "closed") this.encoder.close();
  }

  /** @param {number} at  milliseconds */
  async #encode(at) {
    while (this.encoder.encodeQueueSize >= MOST_WAITING && !this.#trouble)
      await new Promise((resolve) => this.encoder.addEventListener("dequeue", resolve, { once: true }));
    if (this.#trouble) throw this.#trouble;
    const frame = new VideoFrame(this.canvas, { timestamp: at * 1000 });
    this.encoder.encode(frame, { keyFrame: this.#count % KEY_EVERY === 0 });
    this.#count += 1;
    frame.close();
  }

  /** @param {EncodedVideoChunk} chunk @param {EncodedVideoChunkMetadata} [about] */
  #keep(chunk, about) {
    const bytes = new Uint8Array(chunk.byteLength);
    chunk.copyTo(bytes);
    this.#colours = about?.decoderConfig?.colorSpace ?? this.#colours;
    this.#pictures.push({
      bytes,
      milliseconds: Math.round(chunk.timestamp / 1000),
      isKey: chunk.type === "key",
    });
  }
}
