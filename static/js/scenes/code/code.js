// @ts-check
// The scene of one line of code: three libraries, the filters it makes, and one number of them worked out.

import { changeDetails } from "../../control/details.js";
import { workOut } from "../../pictures/convolution.js";
import { streamedLayer } from "../../state/run.js";
import { byId } from "../../views/elements.js";
import { Answers } from "./answers.js";
import { LineCommands } from "./commands.js";
import { copyLine } from "./copying.js";
import { Count } from "./count.js";
import { Formula, nowWords, sayNow } from "./formula.js";
import { Lines } from "./lines.js";
import { LookedAt } from "./looking.js";
import { Pasting } from "./pasting.js";
import { Picture } from "./picture.js";
import { Sight } from "./sight.js";
import { Sliding } from "./sliding.js";
import { subjectOf } from "./subject.js";
import { drawSurroundings, sayPlace } from "./surroundings.js";
import { lightsOf } from "./tokens.js";
import { Working } from "./working.js";
import { Written, linesShown } from "./written.js";

/**
 * @typedef {import("./subject.js").Subject} Subject
 * @typedef {import("./specimen.js").Specimen} Specimen
 */

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const scene = new CodeScene(store, commands);
  new LineCommands(store, commands, scene);
  store.subscribe(() => scene.draw());
  scene.pasting.follow();
  if (scene.pasting.isOpen) scene.pasting.open(scene.firstLine);
  new ResizeObserver(() => scene.draw()).observe(byId("code-work"));
}

export class CodeScene {
  /** @type {Subject | null} */
  subject = null;
  /** @type {Specimen | null} */
  specimen = null;
  /** @type {import("./lines.js").Word | null} */
  hovered = null;
  firstLine = "";

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
    const redraw = () => this.draw();
    this.pasting = new Pasting(store, redraw);
    this.written = new Written(redraw);
    this.picture = new Picture(store, redraw);
    this.place = new LookedAt(store, () => this.specimen, redraw);
    this.lines = new Lines(
      (word) => this.light(word),
      (word) => this.pin(word.means),
      copyLine,
    );
    this.sight = new Sight(this.place.looking);
    this.answers = new Answers(this.place.looking);
    this.formula = new Formula();
    this.working = new Working(redraw, (channel) =>
      changeDetails(store, { channel: channel === "0" ? "" : channel }),
    );
    this.count = new Count((filter) => this.chooseFilter(filter));
    this.sliding = new Sliding(redraw);
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

  /** @param {number} filter */
  chooseFilter(filter) {
    const { state } = this.store;
    if (state.view.layer !== null) this.commands.chooseLayer(streamedLayer(state));
    this.commands.chooseFilter(filter);
  }

  draw() {
    const { state } = this.store;
    if (state.view.scene !== "code") return this.sliding.stop();
    this.pasting.follow();
    this.pasting.draw();
    const isOwn = this.pasting.isOwn;
    this.subject = isOwn && !this.pasting.meant ? null : subjectOf(state, isOwn ? this.pasting.meant : null);
    const written = this.subject && this.written.of(this.subject);
    this.specimen = this.subject && this.picture.under(state, this.subject);
    const { subject, specimen, picture, pasting } = this;
    const problem = picture.problem || this.written.problem;
    drawSurroundings(state, { subject, specimen, written, isOwn, refused: pasting.problem, problem });
    if (!subject) return;
    if (written) this.drawLines(subject, written.lines);
    if (specimen) this.drawNumbers(subject, specimen);
  }

  /** @param {Subject} subject @param {import("./written.js").CodeLine[]} lines */
  drawLines(subject, lines) {
    const shown = linesShown(subject, lines);
    this.firstLine = shown[0]?.code ?? "";
    this.lines.draw(shown, subject, subject.frame?.kernel.shape[2] ?? 1);
    this.lines.light(this.lit, this.store.state.view.details.word ?? null, subject);
  }

  /** @param {Subject} subject @param {Specimen} specimen */
  drawNumbers(subject, specimen) {
    const { lit } = this;
    const own = subject.recipe.layers.indexOf(subject.layer);
    const means = lit && (lit.layer === null || lit.layer === own) ? lit.means : null;
    const { letters, parts } = lightsOf(means);
    this.sliding.keep(parts.includes("window") && !this.place.pointed);
    const place = this.sliding.from(this.place.in(specimen), specimen.size);
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
