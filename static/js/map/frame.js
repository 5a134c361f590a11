// @ts-check
// The parts of a map, empty: in the page and in the file that one takes home.

import { icon, make } from "../views/elements.js";

/** @typedef {ReturnType<typeof makeFrame>} Frame */

/** @param {HTMLElement} root */
export function makeFrame(root) {
  const parts = { ...mainParts(), ...sideParts(), ...dockParts() };
  const head = make("div", { class: "map-claim" }, make("div", {}, parts.title, parts.under), parts.acts);
  const main = make("div", { class: "map-main" }, head, parts.choices, parts.grid, parts.table);
  const side = make(
    "aside",
    { class: "map-side", "aria-label": "The chosen cell" },
    ...[parts.place, parts.sentence, parts.seeds, parts.more, parts.doubt, parts.about],
  );
  const dock = make(
    "section",
    { class: "map-dock", "aria-label": "Time" },
    parts.state,
    parts.scrubber,
    parts.replay,
  );
  root.replaceChildren(main, side, dock);
  return parts;
}

function mainParts() {
  return {
    title: make("h1", { id: "map-title" }),
    under: make("p", { class: "under", role: "status" }),
    acts: make("div", { class: "map-acts" }),
    choices: make("div", { class: "map-choices" }),
    grid: make("div", { class: "map-grid", role: "grid", "data-map": "grid" }),
    table: make("details", { class: "map-table" }, make("summary", {}, "The same as a table"), make("div")),
  };
}

function sideParts() {
  return {
    place: make("h2"),
    sentence: make("p", { class: "map-sentence" }),
    seeds: make("ol", { class: "map-seeds" }),
    more: make("div", { class: "map-more" }),
    doubt: make("p", { class: "quiet map-doubt" }, make("b", {}, "What this does not prove. "), make("span")),
    about: make("p", { class: "quiet" }),
  };
}

function dockParts() {
  const thumb = make("div", {
    class: "thumb",
    role: "slider",
    tabIndex: 0,
    "aria-label": "Step of all runs",
  });
  const [state, quiet] = [make("b"), make("p")];
  const [track, filled] = [make("div", { class: "track" }), make("div", { class: "filled" })];
  const ticks = make("div", { class: "ticks", "aria-hidden": "true" });
  const words = make("span", {}, "Replay");
  return {
    state: make("div", { class: "map-state" }, state, quiet),
    scrubber: make("div", { class: "scrubber" }, track, filled, ticks, thumb),
    replay: make("button", { class: "button map-replay", type: "button" }, icon("icon-replay"), words),
  };
}
