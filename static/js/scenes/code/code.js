// @ts-check
// The scene of one line of code: three libraries, the filters it makes, and one number of them worked out.

import { changeDetails } from "../../control/details.js";
import { isMeant } from "../../control/letters.js";
import { workOut } from "../../pictures/convolution.js";
import { drawExamples } from "../../pictures/examples.js";
import { TestSet } from "../../pictures/test_set.js";
import { numberIn } from "../../state/details.js";
import { streamedLayer } from "../../state/run.js";
import { byId } from "../../views/elements.js";
import { Answers } from "./answers.js";
import { copyLine, copyScript } from "./copying.js";
import { Count } from "./count.js";
import { Formula, nowWords, sayNow } from "./formula.js";
import { Lines } from "./lines.js";
import { Pasting } from "./pasting.js";
import { SeenPictures } from "./seen.js";
import { Sight } from "./sight.js";
import { Sliding } from "./sliding.js";
import { specimenOf } from "./specimen.js";
import { subjectOf } from "./subject.js";
import { drawSurroundings, sayPlace } from "./surroundings.js";
import { lightsOf } from "./tokens.js";
import { Working } from "./working.js";
import { Written, linesShown } from "./written.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {import("./specimen.js").Specimen} Specimen
 * @typedef {import("./places.js").Place} Place
 */

const USUAL_DIGIT = 7;
/** CSS pixels. */
const [NARROW, TALL] = [700, 840];

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const scene = new CodeScene(store, commands);
  byId("code-paste").onclick = () => scene.pasting.toggle(scene.firstLine);
  byId("code-train").onclick = () => scene.train();
  for (const button of byId("code-copies").querySelectorAll("button"))
    button.onclick = () => scene.copy(button.dataset.library, button);
  document.addEventListener("keydown", (event) => scene.hearKey(event), true);
  store.subscribe(() => scene.draw());
  scene.pasting.follow();
  if (scene.pasting.isOpen) scene.pasting.open(scene.firstLine);
  new ResizeObserver(() => scene.draw()).observe(byId("code-work"));
}

class CodeScene {
  /** @type {Subject | null} */
  subject = null;
  /** @type {Specimen | null} */
  specimen = null;
  /** @type {Place | null} */
  pointed = null;
  /** @type {import("./lines.js").Word | null} */
  hovered = null;
  firstLine = "";
  library = "keras";

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    const redraw = () => this.draw();
    this.pasting = new Pasting(store, redraw);
    this.written = new Written(redraw);
    this.pictures = new SeenPictures(redraw);
    this.testSet = new TestSet(redraw);
    this.lines = new Lines(
      (word) => this.light(word),
      (word) => this.pin(word.means),
      copyLine,
    );
    const looking = {
      point: (/** @type {Place | null} */ place) => this.point(place),
      choose: (/** @type {Place} */ place) => this.choose(place),
      move: (/** @type {number} */ rows, /** @type {number} */ columns) => this.move(rows, columns),
    };
    this.sight = new Sight(looking);
    this.answers = new Answers(looking);
    this.formula = new Formula();
    this.working = new Working(redraw, (channel) =>
      changeDetails(store, { channel: channel === "0" ? "" : channel }),
    );
    this.count = new Count((filter) => this.chooseFilter(filter));
    this.sliding = new Sliding(() => this.draw());
  }

  /** What is lit: what one points at, or what was pinned. */
  get lit() {
    const { word } = this.store.state.view.details;
    return this.hovered ?? (word ? { means: word, layer: null } : null);
  }

  /** @param {import("./lines.js").Word | null} word */
  light(word) {
    if (word?.means === this.hovered?.means && word?.layer === this.hovered?.layer) return;
    this.hovered = word;
    this.draw();
  }

  /** @param {string} means */
  pin(means) {
    const { word } = this.store.state.view.details;
    changeDetails(this.store, { word: word === means ? "" : means });
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

  /** @param {number} rows @param {number} columns */
  move(rows, columns) {
    if (!this.specimen) return;
    const { size } = this.specimen;
    const [row, column] = this.placeIn(this.specimen);
    const within = (/** @type {number} */ at, /** @type {0 | 1} */ axis) =>
      Math.max(0, Math.min(size[axis] - 1, at));
    this.choose([within(row + rows, 0), within(column + columns, 1)]);
    this.draw(); // the next key may come before the next picture
  }

  /** @param {number} filter */
  chooseFilter(filter) {
    const { state } = this.store;
    if (state.view.layer !== null) this.commands.chooseLayer(streamedLayer(state));
    this.commands.chooseFilter(filter);
  }

  /** @param {string | undefined} library @param {HTMLElement} button */
  copy(library, button) {
    if (!library || !this.subject) return;
    this.library = library;
    copyScript(this.written.of(this.subject), library, button);
  }

  async train() {
    const { store, commands, pasting } = this;
    if (store.state.pending !== null) return;
    const { isOwn } = pasting;
    const meant = isOwn ? await pasting.read() : null;
    if (isOwn && !meant) return;
    const run = await (meant ? commands.startRecipe(meant.read.recipe) : commands.start());
    if (run) commands.openScene("live");
  }

  /** Esc lets go of the word, C copies. @param {KeyboardEvent} event */
  hearKey(event) {
    const { view } = this.store.state;
    if (view.scene !== "code" || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target instanceof Element && event.target.matches("textarea, input, select");
    if (event.key === "Escape" && (view.details.word || view.details.paste)) {
      event.preventDefault();
      if (isTyping) byId("code-paste").focus();
      changeDetails(this.store, view.details.word ? { word: "" } : { paste: "" });
    } else if (event.key.toLowerCase() === "c" && !isTyping && isMeant(event)) {
      event.preventDefault();
      const button = byId("code-copies").querySelector(`[data-library="${this.library}"]`);
      this.copy(this.library, button);
    }
  }

  draw() {
    const { state } = this.store;
    if (state.view.scene !== "code") return this.sliding.stop();
    this.pasting.follow();
    this.pasting.draw();
    const isOwn = this.pasting.isOwn;
    this.subject = isOwn && !this.pasting.meant ? null : subjectOf(state, isOwn ? this.pasting.meant : null);
    const written = this.subject && this.written.of(this.subject);
    this.specimen = this.subject && this.lookAt(state, this.subject);
    const { subject, specimen, pictures, pasting } = this;
    const problem = pictures.problem || this.written.problem;
    drawSurroundings(state, { subject, specimen, written, isOwn, refused: pasting.problem, problem });
    if (!subject) return;
    if (written) this.drawLines(subject, written.lines);
    if (specimen) this.drawNumbers(subject, specimen);
  }

  /** Finds the picture, asking for it where it isn't here. @param {State} state @param {Subject} subject */
  lookAt({ run, frames, view }, subject) {
    const isReady = subject.run === null || frames.length > 0;
    if (!isReady || !subject.isFirst || (subject.run && run?.can?.look !== "data")) return null;
    const examples = this.testSet.examples(subject.recipe.dataset);
    const usual = examples.find(({ label, name }) => label === USUAL_DIGIT && name === "7") ?? examples[0];
    const index = numberIn(view.details.picture) ?? usual?.index ?? null;
    drawExamples(byId("code-examples"), examples, index, (chosen) =>
      changeDetails(this.store, { picture: String(chosen), row: "", column: "" }),
    );
    const seen = index === null ? null : this.pictures.of(subject, index);
    return seen && specimenOf(subject, seen, view, roomOf());
  }

  /** @param {Subject} subject @param {import("./written.js").CodeLine[]} lines */
  drawLines(subject, lines) {
    const shown = linesShown(subject, lines);
    this.firstLine = shown[0]?.code ?? "";
    this.lines.draw(shown, subject, subject.frame?.kernel.shape[2] ?? 1);
    this.lines.light(this.lit, this.store.state.view.details.word ?? null, subject);
  }

  /** @param {Specimen} specimen @returns {Place} */
  placeIn(specimen) {
    const { size, place } = specimen;
    const here = this.pointed;
    return here && here[0] < size[0] && here[1] < size[1] ? here : place;
  }

  /** @param {Subject} subject @param {Specimen} specimen */
  drawNumbers(subject, specimen) {
    const { lit } = this;
    const own = subject.recipe.layers.indexOf(subject.layer);
    const means = lit && (lit.layer === null || lit.layer === own) ? lit.means : null;
    const { letters, parts } = lightsOf(means);
    this.sliding.keep(parts.includes("window") && !this.pointed);
    const place = this.sliding.from(this.placeIn(specimen), specimen.size);
    const worked = workOut(specimen.task, place[0], place[1]);
    this.sight.draw(specimen, worked, parts);
    this.answers.draw(specimen, place, parts);
    this.count.draw(subject, specimen.filter, means, parts);
    this.formula.draw(specimen.task, letters);
    sayNow(nowWords(specimen.task, place, specimen.filter, specimen.filters, specimen.size));
    this.working.draw({ ...specimen, place }, worked);
    byId("code-sum").classList.toggle("lit-activation", parts.includes("activation"));
    sayPlace(place, worked.output);
  }
}

/** How large the picture may be, in CSS pixels: what follows from it is to be seen with it. */
function roomOf() {
  const { clientWidth: width } = byId("code-figures");
  if (width < NARROW) return Math.max(112, Math.floor((width - 12) / 2));
  return width < 1000 || byId("scene-code").clientHeight < TALL ? 252 : 288;
}
