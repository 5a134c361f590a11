// @ts-check
// The scenes beside the live one. Each is fetched when it is first opened, and draws only while it is shown.

import { byId } from "../views/elements.js";
import { loadSheet } from "../views/sheet.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Commands} Commands
 * @typedef {{mount: (store: Store, commands: Commands) => void}} Scene
 */

/** @type {Record<string, () => Promise<Scene>>} */
const SCENES = {
  microscope: () => import("./microscope/microscope.js"),
  draw: () => import("./draw/draw.js"),
  twins: () => import("./twins/twins.js"),
  filter: () => import("./filter/filter.js"),
  weights: () => import("./weights/weights.js"),
  present: () => import("../present/present.js"),
};

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountScenes(store, commands) {
  /** @type {Set<string>} */
  const asked = new Set();
  /** @type {Map<string, HTMLLinkElement>} */
  const sheets = new Map();

  /** Each scene's style sheet holds while it is shown: none can disturb another. */
  function dress() {
    for (const [name, { sheet }] of sheets) if (sheet) sheet.disabled = name !== store.state.view.scene;
  }

  /** @param {string} name */
  async function fetchScene(name) {
    if (asked.has(name)) return;
    asked.add(name);
    try {
      const [scene, sheet] = await Promise.all([SCENES[name](), loadSheet(`scenes/${name}`)]);
      sheets.set(name, sheet);
      dress();
      scene.mount(store, commands);
      byId(`scene-${name}`).classList.add("ready");
    } catch {
      asked.delete(name);
      store.dispatch({
        type: "request_failed",
        message: "This view could not be fetched. Open it once more to try again.",
      });
    }
  }

  store.subscribe(({ view }) => {
    const scene = view.scene in SCENES ? view.scene : "live";
    document.body.dataset.scene = scene;
    dress();
    for (const element of document.querySelectorAll(".scene")) {
      if (element instanceof HTMLElement) element.hidden = element.id !== `scene-${scene}`;
    }
    for (const link of document.querySelectorAll("[data-scene-link]")) {
      const here = link.getAttribute("data-scene-link") === (scene === "filter" ? "live" : scene);
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (scene !== "live") fetchScene(scene);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-scene-link]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    commands.openScene(link.getAttribute("data-scene-link"));
  });
}
