// @ts-check
// The pad for a class that draws: the network answers while one draws, and takes the drawing into the grid.

import { askNetwork, handIn } from "../net/phone.js";
import { encodeBytes } from "../net/typed_array.js";
import { centred } from "../pictures/centre.js";
import { withStroke } from "../pictures/drawing.js";
import { inksFor, pixelsOf } from "../pictures/inks.js";
import { listenToPen } from "../pictures/pen.js";
import { make, write } from "../views/elements.js";
import { TurnTaking } from "./turns.js";
import { NOTHING, namedAs, padNote } from "./pad_words.js";

/**
 * @typedef {import("../pictures/drawing.js").Shape} Shape
 * @typedef {import("../pictures/drawing.js").Point} Point
 * @typedef {import("./pad_words.js").Drawings} Drawings
 */

export class Pad {
  /** @type {Drawings | null} */
  #drawings = null;
  #cells = new Uint8Array();
  #isBlank = true;
  #handedIn = "";
  #answer = NOTHING;

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.canvas = make("canvas", {});
    this.cursor = make("span", { class: "pad-cursor", hidden: true });
    const name = "Drawing; the arrow keys move the pen, space lowers and lifts it";
    this.paper = make(
      "div",
      { class: "pad-paper", tabIndex: 0, role: "application", "aria-label": name },
      this.canvas,
      this.cursor,
    );
    this.said = make("p", { class: "pad-answer", role: "status" });
    const clear = make("button", { class: "button", type: "button", onclick: () => this.#clear() }, "Clear");
    this.button = make("button", { class: "button filled answer", type: "button" }, "Hand in");
    this.button.onclick = () => this.handing.want();
    this.note = make("p", { class: "quiet", role: "status" });
    place.append(
      make("h2", {}, "Draw something for the class"),
      make("div", { class: "pad" }, this.paper, make("div", { class: "pad-words" }, this.said, clear)),
      make("div", { class: "answer-foot" }, this.button, this.note),
    );
    this.asking = new TurnTaking(() => this.#ask(), 200);
    this.handing = new TurnTaking(() => this.#handIn(), 1000);
    listenToPen(this.paper, this.#pen());
  }

  /** @param {Drawings | null} drawings  null when that has ended */
  draw(drawings) {
    if (drawings?.id !== this.#drawings?.id) {
      this.#handedIn = "";
      this.#drawings = drawings;
      this.#clear();
    }
    this.#drawings = drawings;
    this.place.hidden = !drawings;
    this.#show();
  }

  /** @returns {Shape} */
  get #shape() {
    return this.#drawings?.shape ?? [28, 28, 1];
  }

  #clear() {
    this.#cells = new Uint8Array(this.#shape[0] * this.#shape[1]);
    this.#isBlank = true;
    this.#answer = NOTHING;
    this.#paint();
    this.#show();
  }

  /** @returns {import("../pictures/pen.js").Paper} */
  #pen() {
    return {
      size: () => (this.#drawings?.is_open ? [this.#shape[0], this.#shape[1]] : null),
      begin: () => {},
      stroke: (from, to) => this.#stroke(from, to),
      showCursor: (place, isDown) => this.#showCursor(place, isDown),
    };
  }

  /** @param {Point} from @param {Point} to */
  #stroke(from, to) {
    const { soft, ink, pens } = inksFor(this.#shape);
    this.#cells = withStroke(this.#cells, this.#shape, from, to, { radius: pens[0].radius, soft, ink });
    this.#isBlank = false;
    this.#paint();
    this.#show();
    this.asking.want();
  }

  /** @param {Point | null} at @param {boolean} isDown */
  #showCursor(at, isDown) {
    this.cursor.hidden = !at;
    this.cursor.classList.toggle("down", isDown);
    const [height, width] = this.#shape;
    if (at)
      Object.assign(this.cursor.style, {
        left: `${(at[0] / width) * 100}%`,
        top: `${(at[1] / height) * 100}%`,
      });
  }

  #paint() {
    const [height, width, channels] = this.#shape;
    const pixels = pixelsOf(this.#cells, null, this.#shape);
    const image = new ImageData(width, height);
    for (let at = 0; at < width * height; at++)
      for (let part = 0; part < 4; part++)
        image.data[at * 4 + part] = part === 3 ? 255 : pixels[at * channels + (part % channels)];
    Object.assign(this.canvas, { width, height });
    this.canvas.getContext("2d")?.putImageData(image, 0, 0);
  }

  /** As the network is to see it: digits in the middle. */
  #image() {
    const isDigit = inksFor(this.#shape).soft;
    const cells = isDigit ? centred(this.#cells, this.#shape) : this.#cells;
    return encodeBytes(pixelsOf(cells, null, this.#shape), this.#shape);
  }

  async #ask() {
    const drawings = this.#drawings;
    if (!drawings || this.#isBlank) return 0;
    const outcome = await askNetwork(drawings, { image: this.#image() });
    if (this.#drawings?.id === drawings.id && !this.#isBlank) this.#answer = namedAs(outcome, drawings);
    this.#show();
    return outcome.kind === "wait" ? outcome.seconds : 0;
  }

  async #handIn() {
    const drawings = this.#drawings;
    if (!drawings || this.#isBlank) return 0;
    const outcome = await handIn({ drawings: drawings.id, image: this.#image() });
    this.#handedIn = padNote(outcome);
    this.#show();
    return outcome.kind === "wait" ? outcome.seconds : 0;
  }

  #show() {
    const isOpen = this.#drawings?.is_open ?? false;
    this.button.disabled = this.#isBlank || !isOpen;
    write(this.said, this.#answer);
    const closed = "No more drawings are taken.";
    write(this.note, isOpen ? this.#handedIn || "It is shown to the class without a name." : closed);
  }
}
