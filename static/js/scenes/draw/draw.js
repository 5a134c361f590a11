// @ts-check
// The scene in which one draws, and every layer and class answers.

import { changeDetails } from "../../control/details.js";
import { Bringing } from "../../pictures/bringing.js";
import { BROUGHT } from "../../pictures/brought.js";
import { PictureChoice } from "../../pictures/choice.js";
import { encodeDrawing } from "../../pictures/drawing.js";
import { fitOfFirstLayer, fitOfNetwork, isElsewhere } from "../../pictures/fitting.js";
import { createLooking } from "../../pictures/looking.js";
import { inksFor } from "../../pictures/inks.js";
import { listenToPen } from "../../pictures/pen.js";
import { numberIn } from "../../state/details.js";
import { datasetOf } from "../../state/known.js";
import { isLive, isMoving, judgedFrame } from "../../state/selectors.js";
import { saidOf } from "../../state/switched.js";
import { byId, write } from "../../views/elements.js";
import { drawAnswer, drawWords } from "./answer.js";
import { switchedCopy } from "./copy.js";
import { FeatureMaps } from "./maps.js";
import { whyNoDrawing } from "./elsewhere.js";
import { drawPad } from "./pad.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../pictures/looking.js").Seen} Seen
 * @typedef {import("../../pictures/subject.js").Subject} Subject
 */

const SPOKEN_MILLISECONDS = 900;
/** The experiment for whoever came to draw a digit. */
const DIGITS = "mnist-strokes";

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const scene = new Drawing(store, commands);
  const { ink } = scene.choice;
  listenToPen(byId("draw-paper"), scene.choice.paper(byId("draw-cursor"), byId("draw-spoken")));
  byId("draw-clear").onclick = () => ink.startFrom("");
  byId("draw-undo").onclick = () => ink.undo();
  const check = byId("draw-centre");
  check.onchange = () => changeDetails(store, { centre: check.checked ? "" : "off" });
  byId("draw-all-on").onclick = () => changeDetails(store, saidOf(null));
  byId("draw-start").onclick = () => {
    commands.choosePreset(DIGITS);
    commands.start();
  };
  byId("draw-microscope").onclick = () => commands.openScene("microscope");
  byId("draw-start-chosen").onclick = () => commands.start();
  byId("scene-draw").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    ink.undo();
  });
  store.subscribe(() => scene.draw());
}

class Drawing {
  /** @type {Seen | null} */
  #seen = null;
  #problem = "";
  #speaking = 0;

  /** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    const places = { examples: byId("draw-examples"), inks: byId("draw-inks") };
    this.choice = new PictureChoice(store, places, () => this.draw());
    this.maps = new FeatureMaps((filter) => {
      commands.chooseFilter(filter);
      const { subject } = this.choice;
      if (subject) commands.openScene("microscope", detailsFor(subject, store.state.view.details.scaling));
    });
    this.bringing = new Bringing(store, "draw", {
      scene: "draw",
      isOpen: () => fitOfNetwork(store.state) !== null,
      take: () => this.choice.ink.startFrom(BROUGHT),
      staysHere: false,
    });
    this.look = createLooking(
      (seen) => this.#hear(seen),
      (error) => {
        this.#problem = error.message;
        this.draw();
      },
    );
  }

  /** @param {Seen} seen */
  #hear(seen) {
    if (seen.asked.run !== this.store.state.run?.id) return;
    this.#seen = seen;
    this.#problem = "";
    drawAnswer(this.store.state, seen, this.maps);
    byId("draw-work").classList.add("answered");
    clearTimeout(this.#speaking);
    const say = () => write(byId("draw-said"), byId("draw-headline").textContent ?? "");
    this.#speaking = window.setTimeout(say, SPOKEN_MILLISECONDS);
  }

  draw() {
    const { state } = this.store;
    if (state.view.scene !== "draw") return;
    const fit = fitOfNetwork(state);
    const ready = state.run !== null && state.frames.length > 0 && (fit !== null || !isElsewhere(state));
    byId("draw-work").hidden = !ready;
    byId("draw-without").hidden = ready;
    if (!ready) return drawWithout(state);
    if (this.#seen && this.#seen.asked.run !== state.run?.id) this.#seen = null;
    const { picture, centre } = state.view.details;
    const wanted = { index: numberIn(picture), centre: centre !== "off", fit };
    this.choice.draw(state, wanted, (chosen) => this.choice.ink.startFrom(String(chosen)));
    drawWords(state, this.#seen, this.#problem);
    this.bringing.draw(state, fit && this.choice.subject);
    if (this.choice.subject) this.#drawSubject(state, this.choice.subject, wanted.centre);
  }

  /** @param {State} state @param {Subject} subject @param {boolean} isCentred */
  #drawSubject(state, subject, isCentred) {
    byId("draw-work").classList.remove("waiting");
    drawPad(subject);
    write(byId("draw-others"), `Or begin with ${subject.ground ? "one of our pictures" : "a test picture"}`);
    const centring = byId("draw-centre");
    const isDigit = datasetOf(state) === "mnist" || (fitOfNetwork(state) && inksFor(subject.shape).soft);
    centring.closest("label").hidden = !isDigit || subject.picture !== null || subject.ground?.under;
    centring.checked = isCentred;
    byId("draw-undo").disabled = !this.choice.ink.canUndo();
    byId("draw-clear").disabled = subject.isBlank;
    const frame = judgedFrame(state);
    if (!frame || !state.run) return;
    const live = isLive(state) && state.view.step === null;
    const switched = switchedCopy(state);
    this.look({ run: state.run.id, step: frame.step, live, moving: isMoving(state), subject, switched });
  }
}

/**
 * What the microscope needs to show the same picture.
 * @param {Subject} subject
 * @param {string | undefined} scaling
 * @returns {Record<string, string>}
 */
function detailsFor({ inked, picture, isBlank, ground }, scaling) {
  if (isBlank) return {};
  const drawing = encodeDrawing(inked);
  const under = ground?.brought ? BROUGHT : picture && String(picture.index);
  return { ...(drawing && { drawing }), ...(under && { picture: under }), ...(scaling && { scaling }) };
}

/** @param {State} state */
function drawWithout(state) {
  const waits = state.run !== null;
  const [headline, under] = wordsWithout(state);
  write(byId("draw-headline"), headline);
  write(byId("draw-under"), under);
  byId("draw-start").hidden = waits;
  byId("draw-microscope").hidden = !isElsewhere(state) || !fitOfFirstLayer(state);
  const { preset } = state.choice;
  byId("draw-start-chosen").hidden = waits || preset === DIGITS;
  const title = state.presets?.find(({ name }) => name === preset)?.title ?? "the chosen experiment";
  write(byId("draw-start-chosen"), `Or start ${title}`);
}

/** @param {State} state */
function wordsWithout(state) {
  const { run } = state;
  if (isElsewhere(state) && !fitOfNetwork(state)) return whyNoDrawing(state);
  return [
    run ? "One moment: the run is getting ready." : "Start a run first.",
    "What you draw is read by a network that you trained. It can be asked from its first step on, " +
      "while it still learns.",
  ];
}
