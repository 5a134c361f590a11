// @ts-check
// The filters of A and of B, and where they began, at one colour scale.

import { limitOf } from "../../kernels/limit.js";
import { allFrames, isSame, pairOf, shownFramesOf } from "../../state/pair.js";
import { fewOf } from "../../state/paging.js";
import { firstFrame, orientedCount, sharedLimit } from "../../state/selectors.js";
import { Changes } from "../../views/changes.js";
import { narrowerThan, scrolling } from "../../views/breakpoints.js";
import { beginsAtStart } from "../../state/watched.js";
import { byId, write } from "../../views/elements.js";
import { paintBar } from "../../views/legend.js";
import { Montage } from "../../views/montage.js";
import { spokenFilter } from "../../words/filters.js";
import { grouped, placesFor, signed } from "../../words/numbers.js";
import { nameOf, standing } from "./words.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../types.js").Frame} Frame
 */

const narrow = narrowerThan("narrow");

/** @returns {(state: State) => void} */
export function createStage() {
  const [a, b] = ["twin-a", "twin-b"].map((id) => createSide(id));
  const [startA, startB] = ["start-a", "start-b"].map((id) => startIn(byId(id)));
  const changes = new Changes();
  return (state) => {
    const pair = pairOf(state);
    const shown = shownFramesOf(state);
    const starts = { a: startOf(state), b: pair && state.twin ? startOf(state.twin) : null };
    const limit = pair ? limitOf(allFrames(state)) || sharedLimit(state) : sharedLimit(state);
    const { filter } = state.view;
    const few = (/** @type {Frame | null} */ frame) => frame && fewOf(frame, filter);
    if (changes.found(few(shown.a), few(shown.b), starts.a, starts.b, limit)) {
      a.draw(shown.a, few(shown.a), limit);
      b.draw(pair ? shown.b : null, few(shown.b), limit);
      drawStarts(startA, startB, { a: few(starts.a), b: few(starts.b) }, limit);
      showLegend(shown.a, limit);
    }
    a.say(
      pair ? nameOf(pair, "a") : (state.run?.name ?? titleOfChoice(state)),
      state.twin ? standing(state, state.twin) : "",
      shown.a,
    );
    b.say(
      pair ? nameOf(pair, "b") : "the twin",
      state.twin ? standing(state.twin, state) : "",
      pair ? shown.b : null,
    );
    for (const montage of [a.montage, b.montage, startA, startB]) montage.select(filter);
  };
}

/** @param {State} state */
const titleOfChoice = ({ presets, choice }) =>
  presets?.find(({ name }) => name === choice.preset)?.title ?? "";

/** Frame 0 of a run, or none yet. @param {State} state */
export function startOf(state) {
  const frame = state.frames[0] ?? firstFrame(state);
  return frame?.step === 0 && (!state.run || beginsAtStart(state.run)) ? frame : null;
}

/**
 * Whether both begin with the same numbers; as long as only one is known, they are taken to.
 * @param {State} state
 */
export function startTogether(state) {
  const [a, b] = [startOf(state), state.twin ? startOf(state.twin) : null];
  return !a || !b || isSame(a, b);
}

/** @param {string} id */
function createSide(id) {
  const root = byId(id);
  const montage = sideIn(root.querySelector(".montage"));
  const [number, rest] = root.querySelector(".count").children;
  return {
    montage,
    /** @param {Frame | null} frame @param {Frame | null} few  of its filters @param {number} limit */
    draw(frame, few, limit) {
      montage.draw(frame && few && { frame: few, limitOf: () => limit });
      root.classList.toggle("waiting", !frame);
      const letter = id === "twin-a" ? "A" : "B";
      if (frame && few) montage.caption(few, (filter) => `${letter}, ${spokenFilter(frame, filter)}`);
    },
    /** @param {string} name @param {string} where @param {Frame | null} frame */
    say(name, where, frame) {
      write(root.querySelector(".name"), name);
      write(number, frame?.verdicts && !where ? String(orientedCount(frame)) : "");
      const shown = frame && montage.tiles.length < frame.kernel.shape[3] ? `; ${shownWords(montage)}` : "";
      write(rest, where || (frame?.verdicts ? `of ${frame.kernel.shape[3]} edges or lines${shown}` : ""));
    },
  };
}

/** @param {Montage} montage  of some of many filters */
const shownWords = ({ from, tiles }) => `${grouped(from + 1)} to ${grouped(from + tiles.length)} shown`;

/** @param {HTMLElement} root */
function sideIn(root) {
  const columns = (/** @type {number} */ count) =>
    scrolling.matches && count > 4 ? 4 * Math.ceil(count / 32) : undefined;
  const height = (/** @type {HTMLElement} */ element) =>
    scrolling.matches ? Infinity : element.clientHeight;
  return new Montage(root, { gap: 8, caption: () => 20, interactive: true, height, columns });
}

/** Two starts share the room of one. @param {HTMLElement} root */
function startIn(root) {
  const columns = (/** @type {number} */ count) => (scrolling.matches && count > 4 ? 8 : undefined);
  const share = () => (byId("twins-own-start").hidden || narrow.matches ? 1 : 0.55);
  const height = (/** @type {HTMLElement} */ element) =>
    scrolling.matches ? Infinity : element.clientWidth * share();
  return new Montage(root, { gap: 6, caption: () => 0, interactive: false, height, columns });
}

/**
 * @param {Montage} startA
 * @param {Montage} startB
 * @param {{a: Frame | null, b: Frame | null}} starts
 * @param {number} limit
 */
function drawStarts(startA, startB, { a, b }, limit) {
  const apart = a !== null && b !== null && !isSame(a, b);
  const own = byId("twins-own-start");
  const changed = own.hidden === apart;
  own.hidden = !apart;
  const both = apart ? "A started here" : b ? "Both started here" : "It started here";
  byId("twins-start-step").hidden = !a;
  write(byId("twins-start-words"), a ? both : "Its start isn’t known here");
  startA.draw(a && { frame: a, limitOf: () => limit });
  if (apart) startB.draw({ frame: b, limitOf: () => limit });
  if (changed) [startA, startB].forEach((montage) => montage.resize());
}

/** @param {Frame | null} frame @param {number} limit */
function showLegend(frame, limit) {
  const root = byId("twins-legend");
  root.hidden = !frame;
  if (!frame) return;
  const colour = frame.kernel.shape[2] === 3;
  const places = placesFor(limit);
  const [low, high] = root.querySelectorAll("span");
  write(low, signed(-limit, places));
  write(high, signed(limit, places));
  const meaning = colour ? "Gray is 0, bright adds, dark subtracts." : "Orange adds, blue subtracts.";
  write(root.querySelector("p"), `One colour scale for all. ${meaning}`);
  paintBar(root.querySelector("canvas"), colour);
}
