// @ts-check
// The picture the filter is laid over: the data set's, a drawing, or a file somebody opened.

import { changeDetails } from "../../control/details.js";
import { PictureChoice } from "../../pictures/choice.js";
import { openPicture } from "../../pictures/opened.js";
import { listenToPen } from "../../pictures/pen.js";
import { pixelsFrom, planesOf } from "../../pictures/planes.js";
import { numberIn } from "../../state/details.js";
import { datasetOf } from "../../state/known.js";
import { byId, write } from "../../views/elements.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../pictures/planes.js").Pixels} Pixels
 * @typedef {import("../../kernels/correlate.js").Planes} Planes
 */

export class Source {
  isDrawing = false;
  problem = "";
  /** @type {import("../../pictures/opened.js").Opened | null} */
  opened = null;
  /** What is laid under the filter; null until it is here. @type {Pixels | null} */
  pixels = null;
  #key = "";
  /** @type {Planes | null} */
  #planes = null;

  /** @param {import("../../store.js").Store} store @param {() => void} redraw */
  constructor(store, redraw) {
    this.store = store;
    this.redraw = redraw;
    this.choice = new PictureChoice(
      store,
      { examples: byId("shop-examples"), inks: byId("shop-inks") },
      redraw,
    );
    const paper = this.choice.paper(byId("shop-pen-cursor"), byId("shop-pen-spoken"), () => this.isDrawing);
    listenToPen(byId("shop-picture"), paper);
    byId("shop-pen").onclick = () => this.letDraw(!this.isDrawing);
    this.#listenToFiles();
  }

  #listenToFiles() {
    const [file, view] = [byId("shop-file"), byId("shop-picture")];
    byId("shop-upload").onclick = () => file.click();
    file.onchange = () => {
      if (file.files[0]) this.open(file.files[0]);
      file.value = "";
    };
    view.ondragover = (/** @type {DragEvent} */ event) => event.preventDefault();
    view.ondrop = (/** @type {DragEvent} */ event) => {
      event.preventDefault();
      const dropped = event.dataTransfer?.files[0];
      if (dropped) this.open(dropped);
    };
  }

  /** @param {File} file */
  async open(file) {
    try {
      this.opened = await openPicture(file);
      this.isDrawing = false;
      this.problem = "";
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
    }
    this.redraw();
  }

  /** @param {boolean} isDrawing */
  letDraw(isDrawing) {
    this.isDrawing = isDrawing;
    if (isDrawing) this.#leave({ picture: "blank", drawing: "" });
    this.redraw();
  }

  /** Away from the file that was opened. @param {Record<string, string>} details */
  #leave(details) {
    this.opened = null;
    this.problem = "";
    changeDetails(this.store, { ...details, row: "", column: "" });
  }

  /** @param {State} state */
  draw(state) {
    const { picture } = state.view.details;
    const dataset = datasetOf(state) ?? chosenDataset(state);
    const usual = picture === "blank" ? null : (this.choice.examples(state, dataset)[0]?.index ?? null);
    const wanted = { index: numberIn(picture) ?? usual, centre: false, dataset };
    this.choice.draw(state, wanted, (chosen) => {
      this.isDrawing = false;
      this.#leave({ picture: String(chosen), drawing: "" });
      this.redraw();
    });
    this.#find();
    byId("shop-inks").hidden ||= !this.isDrawing;
    byId("shop-pen").setAttribute("aria-pressed", String(this.isDrawing));
    write(byId("shop-pen"), this.isDrawing ? "Done drawing" : "Draw");
    if (this.opened) for (const one of byId("shop-examples").children) one.ariaPressed = "false";
  }

  #find() {
    const { opened } = this;
    const { subject } = this.choice;
    const key = opened ? `${opened.name}/${opened.width}/${opened.height}` : (subject?.key ?? "");
    if (key === this.#key && (!opened || opened === this.pixels)) return;
    this.#key = key;
    this.#planes = null;
    this.pixels = opened ?? (subject && pixelsFrom(subject.pixels, subject.shape));
  }

  /** The picture's numbers as a filter of so many channels sees them. @param {number} channels */
  planes(channels) {
    if (!this.pixels) return null;
    if (this.#planes?.planes.length !== channels) this.#planes = planesOf(this.pixels, channels);
    return this.#planes;
  }
}

/** The data set of the experiment to be begun. @param {State} state */
function chosenDataset({ presets, choice }) {
  return presets?.find(({ name }) => name === choice.preset)?.recipe.dataset ?? null;
}
