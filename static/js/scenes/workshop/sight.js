// @ts-check
// The picture with the filter's window on it, and beside it all that the filter answers.

import { paintSigned } from "../../pictures/paint.js";
import { byId, write } from "../../views/elements.js";
import { signed, fixed, placesFor } from "../../words/numbers.js";
import { Answer } from "./answer.js";
import { canvasIn, lay, measureRoom, paintPixels, place, scaleFor } from "./laying.js";
import { Pointing } from "./pointing.js";
import { Source } from "./source.js";

/**
 * @typedef {import("../../pictures/planes.js").Pixels} Pixels
 * @typedef {[number, number]} Place
 */

const TOO_SMALL =
  "The picture is smaller than the filter, so nothing is answered. Take a smaller filter or another picture.";
const LARGE = 400; // pixels a side from which a picture can be looked at in its own size

export class Sight {
  answer = new Answer();
  /** @type {Pixels | null} */
  #painted = null;
  /** Kept while the scene is as wide: measured at each slide it would hold the page up.
   * @type {number | null} */
  #room = null;

  /**
   * @param {import("../../store.js").Store} store
   * @param {import("./bank.js").Bank} bank
   * @param {() => void} redraw
   */
  constructor(store, bank, redraw) {
    this.bank = bank;
    this.source = new Source(store, redraw);
    this.pointing = new Pointing(store, { answer: this.answer, redraw });
    const size = () => bank.filters.size;
    const pixels = () =>
      /** @type {Place} */ ([this.source.pixels?.height ?? 1, this.source.pixels?.width ?? 1]);
    const answers = () => /** @type {Place} */ ([this.answer.rows, this.answer.columns]);
    this.pointing.listen(
      byId("shop-picture"),
      pixels,
      () => Math.floor((size() - 1) / 2),
      () => !this.source.isDrawing,
    );
    this.pointing.listen(byId("shop-answer"), answers, () => 0);
    const refit = () => {
      this.#room = null;
      redraw();
    };
    byId("shop-actual").onclick = () => {
      byId("shop-sight").classList.toggle("actual");
      refit();
    };
    new ResizeObserver(refit).observe(byId("shop-sight"));
  }

  /** @param {import("../../types.js").State} state @param {Place} cell  chosen in the editor */
  draw(state, cell) {
    const { size, channels, chosen } = this.bank.filters;
    this.source.draw(state);
    const { pixels } = this.source;
    const planes = this.source.planes(channels);
    if (!pixels || !planes) return;
    const isNew = this.answer.update(planes, this.bank.weights(), size);
    this.#paint(pixels, isNew);
    this.#mark(pixels, size, cell);
    write(byId("shop-answer-title"), `What filter ${chosen + 1} answers`);
    write(byId("shop-picture-size"), `${pixels.width} × ${pixels.height}`);
    write(byId("shop-answer-size"), `${this.answer.columns} × ${this.answer.rows}`);
    write(byId("shop-reading"), this.#reading());
    write(byId("shop-note"), this.#note(pixels, size));
  }

  /** @param {Pixels} pixels @param {boolean} isNew */
  #paint(pixels, isNew) {
    const { answer } = this;
    if (pixels !== this.#painted) paintPixels(canvasIn("shop-picture"), pixels);
    const { rows, columns } = answer;
    const isThere = rows * columns > 0;
    if (isNew && isThere)
      paintSigned(canvasIn("shop-answer"), answer.values, [rows, columns], answer.largest || 1);
    this.#painted = pixels;
    byId("shop-answer").hidden = !isThere;
    byId("shop-answer").classList.toggle("nothing", !answer.largest);
    const isLarge = Math.max(pixels.width, pixels.height) > LARGE;
    const isActual = isLarge && byId("shop-sight").classList.contains("actual");
    byId("shop-actual").hidden = !isLarge;
    byId("shop-actual").setAttribute("aria-pressed", String(isActual));
    const fit = isActual ? 1 : scaleFor(pixels, (this.#room ??= measureRoom()));
    place(byId("shop-picture"), pixels.width * fit, pixels.height * fit);
    if (!isThere) return;
    place(byId("shop-answer"), columns * fit, rows * fit);
    const inset = Math.floor((this.bank.filters.size - 1) / 2) * fit;
    Object.assign(byId("shop-answer").style, { marginLeft: `${inset}px`, marginTop: `${inset}px` });
    place(byId("shop-rim"), pixels.width * fit, pixels.height * fit);
  }

  /**
   * Where the window lies, which pixel is under the chosen cell, and which answer that gives.
   * @param {Pixels} pixels
   * @param {number} size
   * @param {Place} cell
   */
  #mark({ width, height }, size, [down, right]) {
    const [row, column] = this.pointing.place;
    const { rows, columns } = this.answer;
    lay(".shop-window", [row, column, size, size], [height, width]);
    lay(".shop-pixel", [row + down, column + right, 1, 1], [height, width]);
    lay(".shop-ring", [row, column, 1, 1], [rows, columns]);
    byId("shop-picture").classList.toggle("drawing", this.source.isDrawing || rows * columns === 0);
  }

  #reading() {
    const { answer } = this;
    const { largest } = answer;
    if (!answer.values.length) return TOO_SMALL;
    if (!largest) return "An empty filter answers 0 everywhere.";
    const [row, column] = this.pointing.place;
    const places = placesFor(largest);
    const here = `Row ${row + 1}, column ${column + 1}: ${signed(answer.at([row, column]), places)}.`;
    const ends = `darkest ±${fixed(largest, places)}, the strongest here`;
    return `${here} Orange is above 0, blue below; ${ends}.`;
  }

  /** @param {Pixels} pixels @param {number} size */
  #note(pixels, size) {
    const { problem, opened } = this.source;
    if (problem) return problem;
    const fewer = `${size - 1} answers fewer each way`;
    const valid = size > 1 ? `${fewer}: the window stays inside the picture (“valid”).` : "";
    const gray =
      this.bank.filters.channels === 1 && !pixels.isGray
        ? "A gray filter sees how bright the colours are."
        : "";
    return [valid, gray, opened?.note ?? ""].filter(Boolean).join(" ");
  }
}
