// @ts-check
// Light or dark whatever the system says: a beamer needs light while the laptop is dark. A cookie keeps
// it, for then the server writes it into the page, and the first paint waits for no script.

import { ROOT } from "../net/root.js";
import { byId, onChoice } from "../views/elements.js";

const KEPT_SECONDS = 365 * 86_400;

export function mountThemeSwitch() {
  const chosen = document.documentElement.dataset.theme ?? "system";
  for (const radio of byId("theme").querySelectorAll("input")) radio.checked = radio.value === chosen;
  onChoice("theme", (theme) => {
    show(theme);
    keep(theme);
  });
}

/** @param {string} theme */
function show(theme) {
  const isSystem = theme === "system";
  if (isSystem) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const grounds = /** @type {NodeListOf<HTMLMetaElement>} */ (
    document.querySelectorAll("meta[name=theme-color]")
  );
  ["light", "dark"].forEach((scheme, at) => {
    const whole = scheme === theme ? "all" : "not all";
    grounds[at].media = isSystem ? `(prefers-color-scheme: ${scheme})` : whole;
  });
}

/** @param {string} theme */
function keep(theme) {
  const seconds = theme === "system" ? 0 : KEPT_SECONDS;
  document.cookie = `filterscope-theme=${theme}; path=${ROOT}; max-age=${seconds}; samesite=lax`;
}
