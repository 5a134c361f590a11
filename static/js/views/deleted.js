// @ts-check
// Says what was deleted, and for how long that can be taken back, wherever there is a place for it.

import { byId, make, write } from "./elements.js";

const TICK_MILLISECONDS = 1000;

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mountDeleted(store, commands) {
  const places = [byId("deleted"), byId("runs-deleted")].map((root) => new Place(root, commands));
  let clock = 0;
  store.subscribe(({ deletion }, before) => {
    if (deletion === before.deletion) return;
    clearInterval(clock);
    const show = () => places.forEach((place) => place.show(deletion));
    show();
    if (deletion) clock = window.setInterval(show, TICK_MILLISECONDS);
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof Element && event.target.matches("input, textarea, select");
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!isUndo || isTyping || event.defaultPrevented || !store.state.deletion) return;
    event.preventDefault();
    commands.undoDeletion();
  });
}

/** Where the keys go on when the button that they were on is gone. */
const NEXT = "#runs-grid, #runs .name";

class Place {
  #names = make("bdi");
  #left = make("span", { class: "quiet", "aria-hidden": "true" });

  /** @param {HTMLElement} root @param {import("../types.js").Commands} commands */
  constructor(root, commands) {
    this.root = root;
    const undo = { class: "link", type: "button", onclick: () => commands.undoDeletion() };
    root.replaceChildren(
      make("strong", {}, "Deleted"),
      " ",
      this.#names,
      ". ",
      make("button", undo, "Undo"),
      " ",
      this.#left,
    );
  }

  /** @param {import("../types.js").State["deletion"]} deletion */
  show(deletion) {
    const hadKeys = this.root.contains(document.activeElement);
    this.root.hidden = !deletion;
    if (!deletion) {
      if (hadKeys) goOn();
      return;
    }
    write(this.#names, deletion.names);
    write(this.#left, `for ${Math.max(1, Math.ceil((deletion.ends - performance.now()) / 1000))} s`);
  }
}

function goOn() {
  const seen = [...document.querySelectorAll(NEXT)].find((one) => one.getClientRects().length > 0);
  if (seen instanceof HTMLElement) seen.focus({ preventScroll: true });
}
