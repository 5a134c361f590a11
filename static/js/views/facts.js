// @ts-check
// What a filter is; or the facts of the one pointed at, else of the one chosen.

import { shownFrame } from "../state/added.js";
import { firstFrame } from "../state/selectors.js";
import { isFromElsewhere } from "../state/watched.js";
import { HINTS, factsOf, labelWord } from "../words/filters.js";
import { plainFacts } from "../words/plain_facts.js";
import { byId, icon, make, setGlyph, write } from "./elements.js";

const WHAT_ELSEWHERE =
  "A small grid of numbers that the network moves over whatever it looks at. Training changes them; nobody " +
  "tells it to look for edges.";
const WHAT =
  "A small grid of numbers that the network moves over the whole picture. " +
  "Its first numbers are random; nobody tells it to look for edges.";

/** @typedef {ReturnType<typeof factsOf>} Facts */

/**
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
export function mountFacts(store, commands) {
  const root = byId("facts");
  let layout = "";
  store.subscribe((state) => {
    const { view } = state;
    const frame = shownFrame(state);
    const filter = view.hovered ?? view.filter;
    root.classList.toggle("sheet", view.filter !== null);
    const pointed = frame && filter !== null && filter < frame.kernel.shape[3];
    const facts = pointed ? factsToTell(state, frame, filter) : [];
    const isOther = isFromElsewhere(state);
    const wanted = pointed ? facts.map(({ name }) => name).join() : `what${isOther}`;
    if (wanted !== layout) build(root, pointed ? facts : null, commands, isOther);
    layout = wanted;
    if (pointed) fill(root, frame, filter, facts);
  });
}

/**
 * @param {import("../types.js").State} state
 * @param {import("../types.js").Frame} frame
 * @param {number} filter
 */
function factsToTell(state, frame, filter) {
  const isPlain = isFromElsewhere(state) && !frame.verdicts && !frame.left;
  return isPlain
    ? [...plainFacts(frame, firstFrame(state), filter), ...factsOf(frame, filter, state.run)]
    : factsOf(frame, filter, state.run);
}

/**
 * @param {HTMLElement} root
 * @param {Facts | null} facts
 * @param {import("../control/commands.js").Looking} commands
 * @param {boolean} isOther  somebody's own network, of whose start nobody knows
 */
function build(root, facts, commands, isOther) {
  if (!facts) {
    root.replaceChildren(
      make("h2", {}, "What is a filter?"),
      make("p", { class: "what" }, isOther ? WHAT_ELSEWHERE : WHAT),
      make("p", { class: "quiet" }, "Point at a filter to read its numbers."),
    );
    return;
  }
  const close = make(
    "button",
    { class: "button close", type: "button", onclick: () => commands.chooseFilter(null) },
    "Close",
  );
  const title = make("h2", {}, icon("glyph-noise", "glyph"), make("span"), close);
  const open = make(
    "button",
    { class: "link", type: "button", onclick: () => commands.openFilter() },
    make("span"),
  );
  root.replaceChildren(
    title,
    factList(facts),
    make("p", { class: "open" }, open, " ", make("kbd", { class: "key" }, "Enter")),
  );
}

/** @param {Facts} facts */
export function factList(facts) {
  return make(
    "dl",
    {},
    ...facts.map(({ name, hint }) =>
      make("div", { class: "fact" }, make("dt", {}, name, hintButton(hint, name)), make("dd")),
    ),
  );
}

/** @param {string} hint @param {string} name */
function hintButton(hint, name) {
  const properties = {
    class: "hint",
    type: "button",
    "data-hint": hint,
    "aria-label": `${name}: ${HINTS[hint]}`,
  };
  return make("button", properties, "?");
}

/**
 * @param {HTMLElement} root
 * @param {import("../types.js").Frame} frame
 * @param {number} filter
 * @param {Facts} facts
 */
function fill(root, frame, filter, facts) {
  const label = frame.verdicts?.label[filter];
  const glyph = /** @type {SVGElement} */ (root.querySelector("h2 .glyph"));
  setGlyph(glyph, label, frame.verdicts?.orientation_degrees[filter]);
  glyph.style.display = label ? "" : "none";
  write(
    /** @type {Element} */ (root.querySelector("h2 span")),
    label ? `Filter ${filter + 1}: ${labelWord(frame, filter)}` : `Filter ${filter + 1}`,
  );
  root.querySelectorAll("dd").forEach((value, index) => write(value, facts[index].value));
  write(/** @type {Element} */ (root.querySelector(".open span")), `Open filter ${filter + 1}`);
}
