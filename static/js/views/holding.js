// @ts-check
// Where there is no room for the filters before beside those now, they stand in their place for as long as
// one holds the button, a filter or the key B. Enter and Space show them till they are pressed again.

import { isMeant } from "../control/letters.js";
import { beginsAtStart } from "../state/watched.js";
import { stepNamed } from "../words/steps.js";
import { folded } from "./breakpoints.js";
import { byId, write } from "./elements.js";

/** So long a press of a filter is no click any more. */
const LONG_MILLISECONDS = 400;

/** @typedef {import("../types.js").State} State */

/** @param {import("../store.js").Store} store */
export function mountHolding(store) {
  const button = byId("hold-button");
  const isOffered = () => button.checkVisibility() && !store.state.view.tour;
  const hold = (/** @type {boolean} */ held) => store.dispatch({ type: "first_held", held });
  button.onpointerdown = (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    hold(true);
  };
  button.onlostpointercapture = () => hold(false);
  button.oncontextmenu = (/** @type {Event} */ event) => event.preventDefault();
  // A press of Enter or Space is a click without a pointer.
  button.onclick = (/** @type {MouseEvent} */ { detail }) =>
    detail === 0 && hold(!store.state.view.showsFirst);
  listenToKey(isOffered, hold);
  listenToTiles(byId("montage"), () => button.checkVisibility(), hold);
  window.addEventListener("blur", () => hold(false));
  store.subscribe((state) => draw(button, state));
  folded.addEventListener("change", placeLayerChoice);
  placeLayerChoice();
}

/** The layer is chosen where its filters are. */
function placeLayerChoice() {
  const [before, now] = ["before-title", "now-title"].map(byId);
  (folded.matches ? now : before).after(byId("layer"));
}

/** @param {HTMLElement} button @param {State} state */
function draw(button, state) {
  const { showsFirst } = state.view;
  button.hidden = state.frames.length < 2;
  write(byId("hold-words"), `Hold to see ${firstNamed(state)}`);
  button.setAttribute("aria-pressed", String(showsFirst));
  write(byId("hold-said"), showsFirst ? `The filters of ${firstNamed(state)}.` : "");
}

/** @param {State} state */
function firstNamed({ run, frames }) {
  return stepNamed(run, beginsAtStart(run) ? 0 : (frames[0]?.step ?? 0)) || "the first";
}

/** @param {() => boolean} isOffered @param {(held: boolean) => void} hold */
function listenToKey(isOffered, hold) {
  const isKey = (/** @type {KeyboardEvent} */ event) => event.key.toLowerCase() === "b" && isMeant(event);
  document.addEventListener("keydown", (event) => {
    if (!isKey(event) || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !isOffered())
      return;
    const isTyped =
      event.target instanceof Element && event.target.matches("select, textarea, input:not([type=radio])");
    if (!isTyped && !document.querySelector("dialog[open]")) hold(true);
  });
  document.addEventListener("keyup", (event) => isKey(event) && hold(false));
}

/**
 * A long press of any filter; what follows of it isn't a click.
 * @param {HTMLElement} tiles
 * @param {() => boolean} isOffered
 * @param {(held: boolean) => void} hold
 */
function listenToTiles(tiles, isOffered, hold) {
  let timer = 0;
  let isHeld = false;
  const end = () => {
    clearTimeout(timer);
    if (isHeld) hold(false);
  };
  tiles.addEventListener("pointerdown", ({ button }) => {
    isHeld = false;
    if (button !== 0 || !isOffered()) return;
    timer = window.setTimeout(() => hold((isHeld = true)), LONG_MILLISECONDS);
  });
  for (const kind of ["pointerup", "pointercancel", "pointerleave"]) tiles.addEventListener(kind, end);
  tiles.addEventListener("contextmenu", (event) => isHeld && event.preventDefault());
  tiles.addEventListener("click", (event) => isHeld && event.stopImmediatePropagation(), { capture: true });
}
