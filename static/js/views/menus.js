// @ts-check
// The menu of narrow screens, sharing, and the help.

import { byId } from "./elements.js";
import { sayDone } from "./choices.js";

/** @param {import("../store.js").Store} store */
export function mountMenus(store) {
  const menu = byId("menu");
  const rail = byId("rail");
  const show = (/** @type {boolean} */ open) => {
    rail.classList.toggle("open", open);
    menu.setAttribute("aria-expanded", String(open));
  };
  menu.onclick = () => {
    show(!rail.classList.contains("open"));
    if (rail.classList.contains("open")) rail.querySelector("button")?.focus();
  };
  document.addEventListener("pointerdown", (event) => {
    const inside = event.target instanceof Element && event.target.closest("#rail, #menu");
    if (!inside) show(false);
  });
  rail.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !rail.classList.contains("open")) return;
    show(false);
    menu.focus();
  });
  store.onEvery((state, before) => {
    const isElsewhere = state.view.scene !== before.view.scene;
    if (isElsewhere || state.run?.id !== before.run?.id || state.choice.preset !== before.choice.preset)
      show(false);
  });
  byId("share").onclick = () => copyLink(byId("share"));
  byId("help-open").onclick = () => byId("help").showModal();
  for (const dialog of document.querySelectorAll("dialog")) letClose(dialog);
}

/** @param {HTMLElement} button */
async function copyLink(button) {
  try {
    await navigator.clipboard.writeText(location.href);
    sayDone(button, "Link copied");
  } catch {
    sayDone(button, "Copy it from the address bar");
  }
}

/** By its button, by Escape, by a press beside it. @param {HTMLDialogElement} dialog */
function letClose(dialog) {
  dialog.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-close]");
    if (button || event.target === dialog) dialog.close();
  });
}
