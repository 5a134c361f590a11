// @ts-check
// What the network on the stage takes for what, at the step looked at, and what each of its filters is worth.

import { changeDetails } from "../../control/details.js";
import { knows } from "../../state/known.js";
import { isLive, isMoving, judgedFrame } from "../../state/selectors.js";
import { byId, write } from "../../views/elements.js";
import { UNKNOWN } from "../../words/known.js";
import { Asked } from "./asked.js";
import { cellIn } from "./cell.js";
import { drawMatrix } from "./matrix.js";
import { drawList } from "./pictures.js";
import { drawRanking } from "./ranking.js";
import { countWords, mostWords } from "./words.js";

/** @typedef {import("../../types.js").State} State */

const NOTHING = "Nothing has been trained here yet: start an experiment, then come back.";
const WAITING = "Trying the test pictures …";

/** @param {import("../../store.js").Store} store */
export function mount(store) {
  /** @type {Asked} */
  const asked = new Asked(store, () => draw(store.state, asked));
  store.subscribe((state) => {
    if (state.view.scene !== "mistakes") return asked.rest();
    asked.see(state);
    draw(state, asked);
  });
  byId("scene-mistakes").addEventListener("click", (/** @type {Event} */ { target }) => {
    const pressed = target instanceof Element ? target.closest("[data-cell]") : null;
    if (pressed instanceof HTMLElement) changeDetails(store, { cell: pressed.dataset.cell ?? "" });
  });
  byId("mistakes-all").onclick = () => changeDetails(store, { cell: "" });
}

/** @param {State} state @param {Asked} asked */
function draw(state, asked) {
  if (state.view.scene !== "mistakes") return;
  const { run } = state;
  if (!run) return clear(NOTHING);
  if (!knows(state, "data")) return clear(UNKNOWN.data);
  const { matrix, list, worth } = asked.told(state);
  const trouble = matrix.error ?? list.error;
  if (trouble) return clear(trouble.message);
  if (!matrix.value || !list.value) return clear(WAITING);
  byId("scene-mistakes").classList.toggle("stale", !matrix.current && !isMoving(state));
  write(byId("mistakes-under"), countWords(list.value));
  write(byId("mistakes-most"), mostWords(list.value));
  drawMatrix(matrix.value, cellIn(state));
  drawList(list.value, cellIn(state), run);
  drawRanking(worth, judgedFrame(state), isLive(state));
}

/** @param {string} words */
function clear(words) {
  write(byId("mistakes-under"), words);
  write(byId("mistakes-most"), "");
  for (const name of ["said", "worth"]) byId(`mistakes-${name}`).hidden = true;
  byId("mistakes-list").replaceChildren();
}
