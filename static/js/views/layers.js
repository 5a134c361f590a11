// @ts-check
// The layers of somebody's network by the first part of their names, each with how it fares.

import { streamedLayer } from "../state/run.js";
import { isFromElsewhere, isOpened, layersOf } from "../state/watched.js";
import { faresOf, prefixed } from "../words/layers.js";
import { notesOf } from "../words/opened.js";
import { filtersIn, layersWords, sizeWords } from "../words/watched.js";
import { grouped } from "../words/numbers.js";
import { Changes } from "./changes.js";
import { byId, make, write } from "./elements.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../net/answers.js").DescribedLayer} Layer
 */

/**
 * @param {import("../store.js").Store} store
 * @param {import("../control/commands.js").Looking} commands
 */
export function mountLayerRail(store, commands) {
  const root = byId("layers");
  const [places, health] = [new Changes(), new Changes()];
  /** @type {Map<string, HTMLElement>} */
  let rows = new Map();
  root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) =>
    moveAmong(event, [...rows.values()]),
  );
  store.subscribe((state) => {
    const isShown = isFromElsewhere(state);
    byId("program").hidden = !isShown;
    byId("spoiling").hidden = isShown;
    if (!isShown) return;
    if (places.found(state.run?.id, state.run?.described)) rows = build(root, state, commands);
    const chosen = state.view.layer ?? streamedLayer(state);
    if (health.found(state.health, state.alerts, state.frames, chosen, rows)) fill(state, rows, chosen);
  });
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {import("../control/commands.js").Looking} commands
 */
function build(root, state, commands) {
  const { run } = state;
  write(byId("program-title"), isOpened(state) ? "Opened" : "Your program");
  write(byId("program-name"), run?.name ?? "");
  buildNotes(notesOf(run));
  write(byId("program-tool"), run?.described?.framework ?? "");
  write(byId("layers-title"), layersWords(state));
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map();
  let before = "";
  const parts = layersOf(run).flatMap((layer) => {
    const [prefix, rest] = prefixed(layer.title);
    const row = makeRow(layer, rest, () => commands.chooseLayer(layer.name));
    rows.set(layer.name, row);
    const heading =
      prefix && prefix !== before ? [make("p", { class: "layer-prefix" }, make("bdi", {}, prefix))] : [];
    before = prefix;
    return [...heading, row];
  });
  root.replaceChildren(...parts);
  return rows;
}

/** What of its files wasn't understood. @param {string[]} notes */
function buildNotes(notes) {
  const part = byId("program-notes");
  part.hidden = !notes.length;
  write(part.querySelector("summary"), notes.length === 1 ? "One note" : `${grouped(notes.length)} notes`);
  part.querySelector("ul").replaceChildren(...notes.map((note) => make("li", {}, make("bdi", {}, note))));
}

/** @param {Layer} layer @param {string} words @param {() => void} onclick */
function makeRow(layer, words, onclick) {
  const size = `${grouped(filtersIn(layer))} · ${(layer.shape ?? []).slice(0, -1).join("×") || "no filters"}`;
  const properties = { class: "layer", type: "button", tabIndex: -1, title: layer.title, onclick };
  return make(
    "button",
    properties,
    make("span", { class: "health", "aria-hidden": "true" }),
    make("bdi", { class: "layer-title" }, words),
    make("span", { class: "quiet layer-size", title: sizeWords(layer) }, size),
    make("span", { class: "layer-words" }),
  );
}

/** @param {State} state @param {Map<string, HTMLElement>} rows @param {string} chosen */
function fill(state, rows, chosen) {
  let hasRings = false;
  for (const [name, row] of rows) {
    const { dot, words } = faresOf(state, name);
    hasRings ||= dot === "ring";
    row.dataset.health = dot;
    write(/** @type {Element} */ (row.querySelector(".layer-words")), words);
    if (name === chosen) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    row.tabIndex = name === chosen ? 0 : -1;
  }
  write(
    byId("layers-note"),
    hasRings
      ? "A ring: whether they are edges can’t be said of 1×1, nor of filters over more than 4 channels. " +
          "Lengths and dead ones can."
      : "",
  );
}

/** @param {KeyboardEvent} event @param {HTMLElement[]} rows */
function moveAmong(event, rows) {
  const here = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  /** @type {Record<string, number>} */
  const targets = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: rows.length - 1 };
  const next = rows[targets[event.key]];
  if (here < 0 || !(event.key in targets)) return;
  event.preventDefault();
  event.stopPropagation();
  next?.focus();
  next?.click();
}
