// @ts-check
// The scenes beside the live one. Each is fetched when it is first opened, and draws only while it is shown.

import { byId, write } from "../views/elements.js";
import { loadSheet } from "../views/sheet.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Commands} Commands
 * @typedef {{mount: (store: Store, commands: Commands) => void}} Scene
 */

/** Style sheets of each, in the order of the cascade. @type {Record<string, string[]>} */
const SHEETS = {
  build: ["build", "build_stack"],
  microscope: ["pictures", "microscope", "microscope_numbers"],
  workshop: ["pictures", "workshop", "workshop_editor", "workshop_answer", "workshop_bank", "workshop_trial"],
  draw: ["pictures", "draw"],
  twins: ["twins", "twins_findings"],
  filter: ["filter", "filter_self", "filter_story", "filter_pull", "filter_sees"],
  weights: ["weights", "weights_why"],
  own: ["own"],
  data: ["form", "data"],
  mistakes: ["mistakes", "mistakes_worth"],
  runs: ["runs", "runs_parts"],
  map: ["map", "map_parts", "form", "map_make"],
  code: ["pictures", "microscope_numbers", "code", "code_figures"],
  present: ["present", "present_parts", "lecture"],
};

/** @type {Record<string, () => Promise<Scene>>} */
const SCENES = {
  build: () => import("./build/build.js"),
  microscope: () => import("./microscope/microscope.js"),
  workshop: () => import("./workshop/workshop.js"),
  draw: () => import("./draw/draw.js"),
  twins: () => import("./twins/twins.js"),
  filter: () => import("./filter/filter.js"),
  weights: () => import("./weights/weights.js"),
  own: () => import("./own/own.js"),
  data: () => import("./data/data.js"),
  runs: () => import("./runs/runs.js"),
  mistakes: () => import("./mistakes/mistakes.js"),
  map: () => import("./map/map.js"),
  code: () => import("./code/code.js"),
  present: () => import("../present/present.js"),
};

/** The preset whose first line thousands have copied, and asked about. */
const QUESTIONERS = "keras-mnist";

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountScenes(store, commands) {
  const fetched = new Fetched(store, commands);
  store.subscribe(({ view, run, choice }) => {
    byId("code-here").hidden = (run ? run.preset : choice.preset) !== QUESTIONERS;
    const scene = view.scene in SCENES ? view.scene : "live";
    showScene(scene);
    fetched.dress();
    if (scene !== "live") fetched.open(scene);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-scene-link]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    commands.openScene(link.getAttribute("data-scene-link") ?? "live");
  });
}

/** What has no entry among the views, but is reached from elsewhere. @type {Record<string, string>} */
const PLACES = {
  build: "Build",
  code: "Line of code",
  own: "Your training",
  data: "Your pictures",
};

/** Views that belong to another entry of the bar. @type {Record<string, string>} */
const UNDER = { filter: "live", map: "runs" };

/** @param {string} scene */
function showScene(scene) {
  document.body.dataset.scene = scene;
  for (const element of document.querySelectorAll(".scene")) {
    if (element instanceof HTMLElement) element.hidden = element.id !== `scene-${scene}`;
  }
  let title = PLACES[scene] ?? "Views";
  for (const link of document.querySelectorAll("[data-scene-link]")) {
    const here = link.getAttribute("data-scene-link") === (UNDER[scene] ?? scene);
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    if (here && byId("views").contains(link)) title = link.textContent ?? title;
  }
  write(byId("views-title"), title);
}

/** The scenes that were fetched, each with a style sheet that holds while it is shown alone. */
class Fetched {
  /** @type {Set<string>} */
  #asked = new Set();
  /** @type {Map<string, HTMLLinkElement[]>} */
  #sheets = new Map();

  /** @param {import("../store.js").Store} store @param {import("../types.js").Commands} commands */
  constructor(store, commands) {
    this.store = store;
    this.commands = commands;
  }

  /** No scene's style sheet can disturb another scene. */
  dress() {
    for (const [name, links] of this.#sheets)
      for (const { sheet } of links) if (sheet) sheet.disabled = name !== this.store.state.view.scene;
  }

  /** @param {string} name */
  async open(name) {
    if (this.#asked.has(name)) return;
    this.#asked.add(name);
    const sheets = SHEETS[name].map((sheet) => loadSheet(`scenes/${sheet}`));
    const [scene, ...links] = await Promise.all([SCENES[name](), ...sheets]);
    this.#sheets.set(name, links);
    this.dress();
    scene.mount(this.store, this.commands);
    byId(`scene-${name}`).classList.add("ready");
  }
}
