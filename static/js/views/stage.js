// @ts-check
// Before and now: which frame, on which scale, which filter is ringed.

import { ownLimits } from "../kernels/atlas.js";
import { currentPicture, firstPicture, pictureLimit } from "../state/pictures.js";
import { partOf } from "../state/paging.js";
import { looksBack } from "../state/selectors.js";
import { beginsAtStart, isOpened } from "../state/watched.js";
import { spokenFilter } from "../words/filters.js";
import { stepNamed } from "../words/steps.js";
import { Changes } from "./changes.js";
import { low, narrowerThan, scrolling, short } from "./breakpoints.js";
import { byId, write } from "./elements.js";
import { Montage } from "./montage.js";

/** @typedef {import("../types.js").State} State */
/** @typedef {import("../types.js").Frame} Frame */

/** So many filters lie smaller on a phone, or one scrolls and scrolls. */
const MANY = 64;

const phone = narrowerThan("phone");
const small = narrowerThan("small");

/**
 * @param {import("../store.js").Store} store
 * @param {import("./montage.js").Options["fit"]} [fit]  lays out the filters now
 */
export function mountStage(store, fit) {
  const [now, before] = [montageNow(fit), montageBefore()];
  followWindow([now, before]);
  const [ofFirst, ofCurrent] = [new Changes(), new Changes()];
  store.subscribe((state) => {
    const { scale } = state.view;
    const shared = pictureLimit(state);
    const first = partOf(state, firstPicture(state));
    const isFirst = state.view.showsFirst && first !== null;
    if (ofFirst.found(first, scale, scale === "shared" && shared)) drawFirst(state, first, shared, before);
    nameFirst(state);
    const frame = isFirst ? first : partOf(state, currentPicture(state));
    if (ofCurrent.found(frame, shared, scale, isFirst, looksBack(state)))
      drawCurrent(state, frame, shared, now);
    if (isFirst) write(byId("now-word"), firstWord(state));
    before.select(state.view.hovered ?? state.view.filter);
    now.select(state.view.filter);
  });
  return { now, before };
}

/** @param {Montage[]} montages */
function followWindow(montages) {
  const arrangeAnew = () => montages.forEach((montage) => montage.resize());
  for (const query of [phone, scrolling, low, short]) query.addEventListener("change", arrangeAnew);
}

/** @param {import("./montage.js").Options["fit"]} fit */
const montageNow = (fit) =>
  new Montage(byId("montage"), {
    gap: 8,
    caption: () => (phone.matches ? 18 : 22),
    interactive: true,
    height: (root) => (scrolling.matches ? Infinity : root.clientHeight),
    columns: columnsNow,
    fit,
  });

/** Few rows where little is high, else tiles as large as a finger. @param {number} count */
function columnsNow(count) {
  if (low.matches && scrolling.matches && !small.matches && count > 4) return 8 * Math.ceil(count / MANY);
  if (phone.matches) return count < MANY ? 4 : 8;
  return scrolling.matches && count > 4 ? 4 * Math.ceil(count / 32) : undefined;
}

const montageBefore = () =>
  new Montage(byId("before"), {
    gap: 6,
    caption: () => 0,
    interactive: false,
    height: (root) => (scrolling.matches ? Infinity : root.clientWidth),
    columns: (count) => (phone.matches ? 8 : scrolling.matches && count > 4 ? 4 : undefined),
  });

/** @param {State} state @param {Frame | null} first @param {number} shared @param {Montage} before */
function drawFirst(state, first, shared, before) {
  before.draw(first && { frame: first, limitOf: limits(state, first, shared) });
}

/** What was before is known of few runs that weren't trained here. @param {State} state */
const isStart = (state) => beginsAtStart(state.run) || !state.run;

/** @param {State} state */
const firstWord = (state) => (isStart(state) ? "Before" : "First");

/** @param {State} state */
function nameFirst(state) {
  write(byId("before-word"), firstWord(state));
  byId("before").parentElement?.classList.toggle("alone", isOpened(state) && state.frames.length < 2);
  write(byId("before-step"), stepNamed(state.run, isStart(state) ? 0 : (state.frames[0]?.step ?? 0)));
}

/** @param {State} state @param {Frame | null} frame @param {number} shared @param {Montage} now */
function drawCurrent(state, frame, shared, now) {
  now.draw(frame && { frame, limitOf: limits(state, frame, shared) });
  write(byId("now-step"), frame ? stepNamed(state.run, frame.step) : "");
  write(byId("now-word"), looksBack(state) ? "Then" : "Now");
  if (!frame) return;
  now.caption(frame, (filter) => spokenFilter(frame, filter));
  markFirstChange(frame);
}

/**
 * @param {State} state
 * @param {import("../types.js").Frame} frame
 * @param {number} shared
 */
function limits(state, frame, shared) {
  if (state.view.scale === "shared") return () => shared;
  const own = ownLimits(frame.kernel);
  return (/** @type {number} */ filter) => own[filter];
}

/**
 * Leaves a mark for whoever measures the time from Start to the first changed kernels.
 * @param {import("../types.js").Frame} frame
 */
function markFirstChange(frame) {
  if (frame.step === 0 || performance.getEntriesByName("filterscope:first-change").length) return;
  if (performance.getEntriesByName("filterscope:start").length) performance.mark("filterscope:first-change");
}
