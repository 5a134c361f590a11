// @ts-check
// The experiments to choose from, each with a real picture, and the ways to spoil them.

import { expectedSeconds } from "../state/durations.js";
import { objectiveOf } from "../state/objective.js";
import { grouped, shortTime } from "../words/numbers.js";
import { OBJECTIVES } from "../words/objectives.js";
import { byId, make, onChoice, write } from "./elements.js";

/**
 * @typedef {import("../types.js").Preset} Preset
 * @typedef {import("../types.js").Spoil} Spoil
 */

/** @type {Record<string, string>} */
const SPOIL_WORDS = {
  pixels: "One fixed shuffle of the pixels of every picture: neighbours no longer belong together.",
  labels: "Every picture gets a random label: there is nothing to learn.",
};

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountPresets(store, commands) {
  const list = byId("presets");
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map();
  store.subscribe((state) => {
    if (!state.presets) return;
    if (!rows.size) {
      for (const preset of state.presets) rows.set(preset.name, makeRow(preset, commands));
      list.replaceChildren(...[...rows.values()].map((row) => make("li", {}, row)));
    }
    const stale = state.run !== null && !state.run.preset;
    for (const preset of state.presets) {
      const row = /** @type {HTMLElement} */ (rows.get(preset.name));
      const chosen = !stale && preset.name === state.choice.preset;
      row.setAttribute("aria-pressed", String(chosen));
      const seconds = expectedSeconds(state, preset.name);
      const length = seconds === null ? `${grouped(preset.total_steps)} steps` : shortTime(seconds);
      write(/** @type {Element} */ (row.querySelector(".length")), length);
    }
    const title = state.presets.find(({ name }) => name === state.choice.preset)?.title;
    write(byId("menu-title"), (stale ? state.run?.name : title) ?? "Experiments");
    showSpoil(state.choice.spoil, SPOIL_WORDS[state.choice.spoil] ?? OBJECTIVES[objectiveOf(state)].unspoilt);
  });
  onChoice("spoil", (value) => commands.chooseSpoil(/** @type {Spoil} */ (value)));
}

/** @param {Preset} preset @param {import("../types.js").Commands} commands */
function makeRow(preset, commands) {
  const title = make(
    "span",
    { class: "title" },
    make("span", {}, preset.title),
    make("span", { class: "quiet length" }),
  );
  const picture = make("canvas", {
    width: 32,
    height: 32,
    "data-preset": preset.name,
    "aria-hidden": "true",
  });
  const properties = {
    class: "preset",
    type: "button",
    "aria-pressed": "false",
    onclick: () => commands.choosePreset(preset.name),
  };
  return make("button", properties, picture, title, make("span", { class: "quiet" }, preset.sentence));
}

/** @param {string} spoil @param {string} words */
function showSpoil(spoil, words) {
  const radio = document.querySelector(`#spoil input[value="${spoil}"]`);
  if (radio instanceof HTMLInputElement && !radio.checked) radio.checked = true;
  write(byId("spoil-sentence"), words);
}

/**
 * Draws one sample of the test set as an experiment's picture.
 * @param {string} preset
 * @param {{pixels: Uint8Array, shape: number[]}} image  height, width, channels
 */
export function drawThumbnail(preset, { pixels, shape }) {
  const canvas = document.querySelector(`canvas[data-preset="${preset}"]`);
  if (!(canvas instanceof HTMLCanvasElement)) return;
  const [height, width, channels] = shape;
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    for (let channel = 0; channel < 3; channel++) {
      image.data[at * 4 + channel] = pixels[at * channels + (channels === 3 ? channel : 0)];
    }
    image.data[at * 4 + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
