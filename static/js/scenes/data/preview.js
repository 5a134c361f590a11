// @ts-check
// A few of the chosen pictures as they will be cut or padded; where none can be read, two drawn ones.

import { make } from "../../views/elements.js";

const MOST = 5;
const READABLE = /\.(png|jpe?g|webp|bmp|gif)$/i;
const HIDDEN = /(^|\/)(\.|__MACOSX)/;

/** A wide and a tall picture, where a zip or an array holds the real ones. */
const DRAWN = [
  [120, 72],
  [72, 120],
].map(([width, height]) =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    '<rect width="100%" height="100%" fill="#7aa6c9"/>',
    '<circle cx="50%" cy="50%" r="30" fill="#e0a53a"/>',
    `<path d="M0 ${height}L${width / 2} ${height / 2}L${width} ${height}z" fill="#4b7a52"/>`,
    "</svg>",
  ].join(""),
);

export class Preview {
  /** @type {string[]} */
  #addresses = [];

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  /** @param {{name: string, file: Blob}[]} files  none where they lie in an archive */
  show(files) {
    for (const address of this.#addresses) URL.revokeObjectURL(address);
    const shown = files.filter(({ name }) => READABLE.test(name) && !HIDDEN.test(name));
    const chosen = spread(shown, MOST).map(({ file }) => file);
    const drawn = DRAWN.map((text) => new Blob([text], { type: "image/svg+xml" }));
    this.#addresses = (chosen.length ? chosen : drawn).map((file) => URL.createObjectURL(file));
    const images = this.#addresses.map((src) => make("span", {}, make("img", { src, alt: "" })));
    this.root.replaceChildren(...images);
  }

  /** @param {Record<string, string>} wanted  fit, background, channels */
  dress({ fit, background, channels }) {
    Object.assign(this.root.dataset, { fit, background, channels });
  }
}

/** Some of them, from first to last. @template T @param {T[]} all @param {number} most */
function spread(all, most) {
  const count = Math.min(most, all.length);
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]);
}
