// @ts-check
// The scene in which a filter slides over a picture and one answer is worked out in numbers.

import { numberIn } from "../../state/details.js";
import { streamedLayer } from "../../state/run.js";
import { isLive } from "../../state/selectors.js";
import { byId } from "../../views/elements.js";
import { showCursor } from "../../pictures/cursor.js";
import { drawExamples, drawInks } from "../../pictures/examples.js";
import { createInk } from "../../pictures/ink.js";
import { changeDetails } from "../../control/details.js";
import { createLooking } from "../../pictures/looking.js";
import { listenToPen } from "../../pictures/pen.js";
import { createTestSet } from "../../pictures/test_set.js";
import { datasetOf, subjectOf } from "../../pictures/subject.js";
import { featureMap, workOut } from "./convolution.js";
import { createFilters } from "./filters.js";
import { createLearning, lessonKey } from "./learning.js";
import { createLesson } from "./lesson.js";
import { createMap } from "./map.js";
import { createSettings } from "./settings.js";
import { createSight, sayPlace } from "./sight.js";
import { createSlide } from "./slide.js";
import { isTextbook, specimenOf } from "./specimen.js";
import { drawSum } from "./sum.js";
import { drawSurroundings } from "./surroundings.js";
import { createTables } from "./tables.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("./specimen.js").Specimen} Specimen
 */

const USUAL_DIGIT = 5;

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  /** @type {Specimen | null} */
  let specimen = null;
  /** @type {import("../../pictures/looking.js").Seen | null} */
  let seen = null;
  /** @type {import("../../pictures/subject.js").Subject | null} */
  let subject = null;
  /** @type {[number, number] | null} */
  let pointed = null;
  let isDrawing = false;
  let problem = "";
  /** @type {import("./learning.js").Lesson | null} */
  let lesson = null;
  /** @type {{parts: unknown[], answers: Float64Array}} */
  let kept = { parts: [], answers: new Float64Array() };

  const pictures = createTestSet(draw);
  const ink = createInk(store);
  const tables = createTables(draw);
  const lessons = createLesson(draw);
  const filters = createFilters(store, commands);
  const settings = createSettings(store, () => specimen);
  const map = createMap(choose);
  const slide = createSlide(() => specimen, choose);
  const sight = createSight({
    point(place) {
      if (place?.join() === pointed?.join()) return;
      pointed = place;
      draw();
    },
    choose,
    isDrawing: () => isDrawing,
  });
  const look = createLooking(
    (answer) => {
      seen = answer;
      problem = "";
      draw();
    },
    (error) => {
      problem = `The server could not say how the network sees this picture: ${error.message}`;
      draw();
    },
  );

  const learn = createLearning(
    (answer) => {
      lesson = answer;
      draw();
    },
    (error) => {
      problem = `Which way it is pulled could not be worked out: ${error.message}`;
      draw();
    },
  );

  /** @param {[number, number]} place */
  function choose([row, column]) {
    pointed = null;
    changeDetails(store, { row: String(row), column: String(column) });
  }

  /** @param {string} picture @param {boolean} [drawing] */
  function change(picture, drawing = false) {
    slide.stop();
    isDrawing = drawing;
    changeDetails(store, { picture, drawing: "", row: "", column: "" });
    draw();
  }

  /** Asks how the network sees the picture; that does not depend on the step. @param {State} state */
  function prepare(state) {
    const examples = pictures.examples(datasetOf(state));
    const { picture, drawing } = state.view.details;
    const usual =
      (examples.find(({ label, name }) => label === USUAL_DIGIT && name === "5") ?? examples[0])?.index ??
      null;
    const blank = drawing || isDrawing ? null : usual;
    const index = numberIn(picture) ?? blank;
    subject = subjectOf(state, pictures, { index, centre: false });
    drawExamples(byId("lens-examples"), examples, index, (chosen) => change(String(chosen)));
    if (!subject || !state.run) return;
    drawInks(byId("lens-inks"), subject.shape, ink.chosen, (chosen) => {
      ink.choose(chosen);
      draw();
    });
    byId("lens-inks").hidden ||= !isDrawing;
    if (state.frames.length) look({ run: state.run.id, step: "first", live: false, subject });
  }

  function draw() {
    const { state } = store;
    if (state.view.scene !== "microscope") return slide.stop();
    const textbook = isTextbook(state);
    if (!textbook) prepare(state);
    if (seen && seen.asked.run !== state.run?.id) seen = null;
    specimen = specimenOf(state, seen);
    drawSurroundings(state, specimen, { textbook, isDrawing, problem });
    if (!textbook) filters.draw(state.view.filter ?? 0);
    if (!specimen) return;
    const { size, place } = specimen;
    const here = pointed && pointed[0] < size[0] && pointed[1] < size[1] ? pointed : place;
    const worked = workOut(specimen.task, here[0], here[1]);
    settings.draw(specimen);
    sight.draw(specimen, worked);
    if (specimen.learns) return drawLesson(state, specimen);
    tables.draw(specimen, worked);
    drawSum(specimen, worked);
    map.draw(specimen, answersOf(specimen), here);
    sayPlace(specimen, worked.output);
  }

  /** @param {State} state @param {Specimen} now */
  function drawLesson(state, now) {
    const asked = {
      run: state.run?.id ?? "",
      step: now.step,
      layer: streamedLayer(state),
      filter: now.filter,
    };
    learn({ ...asked, live: isLive(state) && state.view.step === null });
    lessons.draw(now, lesson?.key === lessonKey(asked) ? lesson : null, state);
  }

  /** Worked out anew only where what it follows from is another. @param {Specimen} specimen */
  function answersOf({ task, filter, step, textbook }) {
    const { laying } = task;
    const parts = [
      task.input.values,
      laying.padding,
      laying.strides,
      laying.flip,
      filter,
      step,
      store.state.run?.id,
      textbook,
    ];
    if (parts.some((part, at) => part !== kept.parts[at])) kept = { parts, answers: featureMap(task) };
    return kept.answers;
  }

  listenToPen(byId("lens-sight"), {
    size: () => (isDrawing && subject ? [subject.shape[0], subject.shape[1]] : null),
    begin: ink.begin,
    stroke: (from, to) => subject && ink.stroke(subject.shape, from, to),
    showCursor: (place, isDown) =>
      showCursor(byId("lens-cursor"), byId("lens-pen-spoken"), subject?.shape, place, isDown),
  });
  byId("lens-pen").onclick = () => {
    if (isDrawing) {
      isDrawing = false;
      draw();
    } else change("", true);
  };
  byId("lens-textbook").onclick = () => change("textbook");
  byId("lens-start").onclick = () => commands.start();
  store.subscribe(draw);
}
