// @ts-check
// The menu of narrow screens, sharing, and the help.

import { byId } from "./elements.js";
import { sayDone } from "./choices.js";

const FIRST = /** @type {"button"} */ ("button, a");

/** @param {import("../store.js").Store} store */
export function mountMenus(store) {
  const rail = new Fold(byId("menu"), byId("rail"));
  const views = new Fold(byId("views-open"), byId("views"));
  store.onEvery((state, before) => {
    const isElsewhere = state.view.scene !== before.view.scene;
    if (isElsewhere) views.show(false);
    if (isElsewhere || state.run?.id !== before.run?.id || state.choice.preset !== before.choice.preset)
      rail.show(false);
  });
  byId("share").onclick = () => copyLink(byId("share"));
  byId("help-open").onclick = () => byId("help").showModal();
  byId("help-entry").onclick = () => {
    views.show(false);
    byId("help").showModal();
  };
  for (const dialog of document.querySelectorAll("dialog")) letClose(dialog);
}

/** What narrow screens show only after a press of its button. */
class Fold {
  /** @param {HTMLElement} button @param {HTMLElement} part */
  constructor(button, part) {
    this.button = button;
    this.part = part;
    button.onclick = () => {
      this.show(!this.isOpen);
      if (this.isOpen) part.querySelector(FIRST)?.focus();
    };
    document.addEventListener("pointerdown", ({ target }) => {
      if (target instanceof Node && !part.contains(target) && !button.contains(target)) this.show(false);
    });
    part.addEventListener("keydown", (event) => this.#leave(event));
  }

  get isOpen() {
    return this.part.classList.contains("open");
  }

  /** @param {boolean} open */
  show(open) {
    this.part.classList.toggle("open", open);
    this.button.setAttribute("aria-expanded", String(open));
  }

  /** @param {KeyboardEvent} event */
  #leave(event) {
    if (event.key !== "Escape" || !this.isOpen) return;
    event.stopPropagation();
    this.show(false);
    this.button.focus();
  }
}

/** @param {HTMLElement} button */
async function copyLink(button) {
  try {
    await navigator.clipboard.writeText(location.href);
    sayDone(button, "Link copied");
  } catch {
    sayDone(button, "Copy it from the address bar");
  }
  const { isThisComputer, tellAlone } = await import("../control/sharing.js");
  if (isThisComputer(location.hostname)) tellAlone();
}

/** By its button, by Escape, by a press beside it. @param {HTMLDialogElement} dialog */
function letClose(dialog) {
  dialog.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-close]");
    if (button || event.target === dialog) dialog.close();
  });
}
