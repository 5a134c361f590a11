// @ts-check
// The tour, the presentation and following a teacher: fetched when first asked for.

import { linkTo } from "../net/address.js";
import { isFramed } from "../net/framed.js";
import { hasLed } from "../present/kept_lead.js";
import { isPresented, PRESENTED_THEMSELVES } from "../state/presented.js";
import { byId } from "../views/elements.js";
import { changeDetails } from "./details.js";
import { isMeant } from "./letters.js";
import { placeOf } from "./link.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../types.js").Commands} Commands
 */

/** @type {Record<string, () => Promise<{mount: (store: Store, commands: Commands) => void}>>} */
const GUIDES = {
  tour: () => import("../tour/tour.js"),
  following: () => import("../present/following.js"),
  leading: async () => ({ mount: (await import("../present/leading.js")).mountLeading }),
  wide: async () => ({ mount: (await import("../present/wide.js")).mountWide }),
};

/**
 * Fetches a guide when it is first asked for.
 * @param {Store} store
 * @param {Commands} commands
 */
function createFetching(store, commands) {
  /** @type {Set<string>} */
  const asked = new Set();
  return async (/** @type {string} */ name) => {
    if (asked.has(name)) return;
    asked.add(name);
    (await GUIDES[name]()).mount(store, commands);
  };
}

/**
 * @param {Store} store
 * @param {Commands} commands
 */
export function mountGuides(store, commands) {
  const fetchGuide = createFetching(store, commands);
  if (isFramed) showFramed(store);
  const access = document.body.dataset.access === "watch" ? "watch" : "full";
  store.dispatch({ type: "access_known", access });
  store.subscribe(({ view, access }) => {
    if (view.tour !== null) fetchGuide("tour");
    if (isPresented(view)) fetchGuide("wide");
    if (view.follow || (access === "watch" && !isFramed)) fetchGuide("following");
  });
  if (access === "full" && hasLed()) fetchGuide("leading");
  byId("tour-open").onclick = async () => {
    const { remembered } = await import("../tour/remembered.js");
    store.dispatch({ type: "tour_chosen", tour: remembered() ?? 1 });
  };
  byId("present-open").onclick = () => present(store, commands);
  document.addEventListener("keydown", (event) => {
    if (!asksToPresent(event)) return;
    event.preventDefault();
    present(store, commands);
  });
}

/**
 * In a frame of another page one watches; the server can't always know that it is one.
 * @param {Store} store
 */
function showFramed(store) {
  document.body.dataset.access = "watch";
  document.body.dataset.framed = "";
  const alone = document.getElementById("open-alone");
  if (!(alone instanceof HTMLAnchorElement)) return;
  alone.hidden = false;
  // The frame's own address follows a moment later, when one rests.
  store.subscribe((state) => (alone.href = linkTo(placeOf(state))));
}

/** @param {KeyboardEvent} event */
function asksToPresent(event) {
  const isPlain =
    isMeant(event) && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isTyped =
    event.target instanceof Element && event.target.matches("select, textarea, input:not([type=radio])");
  const isFree = !isTyped && !document.querySelector("dialog[open]");
  return isPlain && isFree && event.key.toLowerCase() === "p";
}

/**
 * Only a key or a press may ask for the whole screen; without it the page fills its window.
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
function present(store, commands) {
  const { view } = store.state;
  if (view.scene === "present") return commands.openScene("live");
  if (isPresented(view)) return changeDetails(store, { presented: "" });
  if (PRESENTED_THEMSELVES.has(view.scene)) changeDetails(store, { presented: "1" });
  else commands.openScene("present");
  document.documentElement.requestFullscreen?.().catch(() => {});
}
