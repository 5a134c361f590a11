// @ts-check
// The scene in which a filter slides over a picture and one answer is worked out in numbers.

import { changeDetails } from "../../control/details.js";
import { limitOf } from "../../kernels/limit.js";
import { Bringing } from "../../pictures/bringing.js";
import { BROUGHT } from "../../pictures/brought.js";
import { PictureChoice } from "../../pictures/choice.js";
import { FilterChoice } from "../../pictures/filter_choice.js";
import { fitOfFirstLayer } from "../../pictures/fitting.js";
import { oursFor } from "../../pictures/ground.js";
import { createLooking } from "../../pictures/looking.js";
import { listenToPen } from "../../pictures/pen.js";
import { numberIn } from "../../state/details.js";
import { streamedLayer } from "../../state/run.js";
import { judgedFrame } from "../../state/selectors.js";
import { byId } from "../../views/elements.js";
import { workOut } from "../../pictures/convolution.js";
import { Lessons } from "./lessons.js";
import { AnswerMap } from "./map.js";
import { drawSettings, listenToSettings } from "./settings.js";
import { Sight, sayPlace } from "./sight.js";
import { Slide } from "./slide.js";
import { isTextbook, specimenOf } from "./specimen.js";
import { drawSum } from "./sum.js";
import { drawSurroundings } from "./surroundings.js";
import { Tables } from "./tables.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("./specimen.js").Specimen} Specimen
 * @typedef {[number, number]} Place
 */

const USUAL_DIGIT = 5;
const UNSEEN = "The server could not say how the network sees this picture:";
const UNLEARNT = "The gradient could not be computed:";

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const scene = new Microscope(store, commands);
  listenToPen(
    byId("lens-sight"),
    scene.choice.paper(byId("lens-cursor"), byId("lens-pen-spoken"), () => scene.isDrawing),
  );
  byId("lens-pen").onclick = () => scene.letDraw(!scene.isDrawing);
  byId("lens-textbook").onclick = () => scene.change("textbook");
  byId("lens-start").onclick = () => commands.start();
  store.subscribe(() => scene.draw());
}

class Microscope {
  /** @type {Specimen | null} */
  specimen = null;
  /** @type {import("../../pictures/looking.js").Seen | null} */
  seen = null;
  /** @type {Place | null} */
  pointed = null;
  isDrawing = false;
  problem = "";

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    const redraw = () => this.draw();
    const choose = (/** @type {Place} */ place) => this.choose(place);
    const specimen = () => this.specimen;
    const places = { examples: byId("lens-examples"), inks: byId("lens-inks") };
    this.choice = new PictureChoice(store, places, redraw);
    this.bringing = this.#bringing();
    this.look = createLooking(
      (seen) => this.hear({ seen }),
      ({ message }) => this.hear({ problem: `${UNSEEN} ${message}` }),
    );
    this.lessons = new Lessons(redraw, ({ message }) => this.hear({ problem: `${UNLEARNT} ${message}` }));
    this.tables = new Tables(redraw);
    this.filters = new FilterChoice(byId("lens-filters"), (filter) => {
      if (store.state.view.layer !== null) commands.chooseLayer(streamedLayer(store.state));
      commands.chooseFilter(filter);
    });
    listenToSettings(store, specimen);
    this.map = new AnswerMap(choose);
    this.slide = new Slide(specimen, choose);
    this.sight = new Sight({
      point: (place) => this.point(place),
      choose,
      isDrawing: () => this.isDrawing,
    });
  }

  #bringing() {
    return new Bringing(this.store, "lens", {
      scene: "microscope",
      isOpen: () => fitOfFirstLayer(this.store.state) !== null,
      take: () => this.change(BROUGHT),
      staysHere: true,
    });
  }

  /**
   * What the server answered, or why it didn't.
   * @param {{seen?: import("../../pictures/looking.js").Seen, problem?: string}} told
   */
  hear({ seen, problem = "" }) {
    this.seen = seen ?? this.seen;
    this.problem = problem;
    this.draw();
  }

  /** @param {Place | null} place */
  point(place) {
    if (place?.join() === this.pointed?.join()) return;
    this.pointed = place;
    this.draw();
  }

  /** @param {Place} place */
  choose([row, column]) {
    this.pointed = null;
    changeDetails(this.store, { row: String(row), column: String(column) });
  }

  /** @param {boolean} drawing */
  letDraw(drawing) {
    if (drawing) return this.change("", true);
    this.isDrawing = false;
    this.draw();
  }

  /** @param {string} picture @param {boolean} [drawing] */
  change(picture, drawing = false) {
    this.slide.stop();
    this.isDrawing = drawing;
    changeDetails(this.store, { picture, drawing: "", row: "", column: "" });
    this.draw();
  }

  draw() {
    const { state } = this.store;
    if (state.view.scene !== "microscope") return this.slide.stop();
    const textbook = isTextbook(state);
    if (!textbook) this.prepare(state);
    if (this.seen && this.seen.asked.run !== state.run?.id) this.seen = null;
    const { isDrawing, problem } = this;
    const subject = !textbook && fitOfFirstLayer(state) ? this.choice.subject : null;
    this.specimen = specimenOf(state, this.seen, subject);
    drawSurroundings(state, this.specimen, { textbook, isDrawing, problem, subject });
    this.bringing.draw(state, subject);
    const frame = judgedFrame(state);
    if (!textbook && frame) this.filters.draw(frame, limitOf(state.frames), state.view.filter ?? 0);
    if (this.specimen) this.drawSpecimen(state, this.specimen);
  }

  /** Asks how the network sees the picture; that does not depend on the step. @param {State} state */
  prepare(state) {
    const { picture, drawing } = state.view.details;
    const fit = fitOfFirstLayer(state);
    const examples = this.choice.examples(state, fit ? oursFor(fit.channels) : undefined);
    const usual = drawing || this.isDrawing || fit?.brought ? null : usualIn(examples);
    const wanted = { index: numberIn(picture) ?? usual, centre: false, fit };
    this.choice.draw(state, wanted, (chosen) => this.change(String(chosen)));
    const { subject } = this.choice;
    if (!subject || !state.run) return;
    byId("lens-inks").hidden ||= !this.isDrawing;
    if (state.frames.length && !fit)
      this.look({ run: state.run.id, step: "first", live: false, moving: false, subject });
  }

  /** @param {State} state @param {Specimen} specimen */
  drawSpecimen(state, specimen) {
    const { size, place } = specimen;
    const { pointed } = this;
    const here = pointed && pointed[0] < size[0] && pointed[1] < size[1] ? pointed : place;
    const worked = workOut(specimen.task, here[0], here[1]);
    drawSettings(specimen);
    this.sight.draw(specimen, worked);
    if (specimen.learns) return this.lessons.draw(specimen, state);
    this.tables.draw(specimen, worked);
    drawSum(specimen, worked);
    this.map.draw(specimen, state.run?.id, here);
    sayPlace(specimen, worked.output);
  }
}

/** @param {import("../../pictures/test_set.js").Picture[]} examples */
function usualIn(examples) {
  const digit = examples.find(({ label, name }) => label === USUAL_DIGIT && name === "5");
  return (digit ?? examples[0])?.index ?? null;
}
