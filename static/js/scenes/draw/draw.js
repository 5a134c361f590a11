// @ts-check
// The scene in which one draws, and every layer and class answers.

import { numberIn } from "../../state/details.js";
import { isLive, judgedFrame } from "../../state/selectors.js";
import { byId, write } from "../../views/elements.js";
import { drawAnswer, drawWords } from "./answer.js";
import { encodeDrawing } from "../../pictures/drawing.js";
import { drawExamples, drawInks } from "../../pictures/examples.js";
import { createInk } from "../../pictures/ink.js";
import { changeDetails } from "../../control/details.js";
import { createLooking } from "../../pictures/looking.js";
import { createMaps } from "./maps.js";
import { createPad } from "./pad.js";
import { createTestSet } from "../../pictures/test_set.js";
import { datasetOf, subjectOf } from "../../pictures/subject.js";

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
  /** @type {Subject | null} */
  let subject = null;
  /** @type {Seen | null} */
  let seen = null;
  let problem = "";
  let speaking = 0;

  const pictures = createTestSet(draw);
  const ink = createInk(store);
  const pad = createPad(ink, () => subject);
  const maps = createMaps((filter) => {
    commands.chooseFilter(filter);
    if (subject) commands.openScene("microscope", detailsFor(subject));
  });
  const look = createLooking(
    (answer) => {
      if (answer.asked.run !== store.state.run?.id) return;
      seen = answer;
      problem = "";
      drawAnswer(store.state, answer, maps);
      byId("draw-work").classList.add("answered");
      clearTimeout(speaking);
      speaking = window.setTimeout(
        () => write(byId("draw-said"), byId("draw-headline").textContent ?? ""),
        SPOKEN_MILLISECONDS,
      );
    },
    (error) => {
      problem = error.message;
      draw();
    },
  );

  function draw() {
    const { state } = store;
    if (state.view.scene !== "draw") return;
    const ready = state.run !== null && state.frames.length > 0;
    byId("draw-work").hidden = !ready;
    byId("draw-without").hidden = ready;
    if (!ready) return drawWithout(state);
    if (seen && seen.asked.run !== state.run?.id) seen = null;
    const { picture, centre } = state.view.details;
    const index = numberIn(picture);
    subject = subjectOf(state, pictures, { index, centre: centre !== "off" });
    drawExamples(byId("draw-examples"), pictures.examples(datasetOf(state)), index, (chosen) =>
      ink.startFrom(String(chosen)),
    );
    drawWords(state, seen, problem);
    if (!subject) return;
    byId("draw-work").classList.remove("waiting");
    drawInks(byId("draw-inks"), subject.shape, ink.chosen, (change) => {
      ink.choose(change);
      draw();
    });
    pad.draw();
    const centring = byId("draw-centre");
    centring.closest("label").hidden = datasetOf(state) !== "mnist" || subject.picture !== null;
    centring.checked = centre !== "off";
    byId("draw-undo").disabled = !ink.canUndo();
    byId("draw-clear").disabled = subject.isBlank;
    const frame = judgedFrame(state);
    if (frame && state.run)
      look({ run: state.run.id, step: frame.step, live: isLive(state) && state.view.step === null, subject });
  }

  byId("draw-clear").onclick = () => ink.startFrom("");
  byId("draw-undo").onclick = ink.undo;
  byId("draw-centre").onchange = (/** @type {any} */ event) =>
    changeDetails(store, { centre: event.target.checked ? "" : "off" });
  byId("draw-start").onclick = () => {
    commands.choosePreset(DIGITS);
    commands.start();
  };
  byId("draw-start-chosen").onclick = () => commands.start();
  byId("scene-draw").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    ink.undo();
  });
  store.subscribe(draw);
}

/**
 * What the microscope needs to show the same picture.
 * @param {Subject} subject
 * @returns {Record<string, string>}
 */
function detailsFor({ inked, picture, isBlank }) {
  if (isBlank) return {};
  const drawing = encodeDrawing(inked);
  return { ...(drawing ? { drawing } : {}), ...(picture ? { picture: String(picture.index) } : {}) };
}

/** @param {State} state */
function drawWithout(state) {
  const waits = state.run !== null;
  write(byId("draw-headline"), waits ? "One moment: the run is getting ready." : "Start a run first.");
  write(
    byId("draw-under"),
    "What you draw is read by a network that you trained. It can be asked from its first step on, " +
      "while it still learns.",
  );
  byId("draw-start").hidden = waits;
  const { preset } = state.choice;
  byId("draw-start-chosen").hidden = waits || preset === DIGITS;
  const title = state.presets?.find(({ name }) => name === preset)?.title ?? "the chosen experiment";
  write(byId("draw-start-chosen"), `Or start ${title}`);
}
