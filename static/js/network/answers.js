// @ts-check
// What the network says, as bars: one a class, the longest with its name.

import { make, write } from "../views/elements.js";
import { percent } from "../words/numbers.js";

const LONGEST_NAME = 13;

/** @param {number} count @param {number} height */
export function makeBars(count, height) {
  const bars = Array.from({ length: count }, () =>
    make(
      "div",
      { class: "network-bar" },
      make("span", { class: "network-class" }),
      make("span", { class: "network-track" }, make("span", { class: "network-filled" })),
      make("span", { class: "network-share" }),
    ),
  );
  const root = make("div", { class: "network-bars", "aria-hidden": "true" }, ...bars);
  root.style.setProperty("--bar", `${height / count}px`);
  return root;
}

/** @param {HTMLElement} root @param {import("./seeing.js").Seen} seen */
export function drawBars(root, { names, probabilities, reason }) {
  const most = Math.max(...(probabilities ?? [1]));
  root.classList.toggle("network-unknown", !probabilities);
  root.title = reason ?? "";
  root.style.setProperty(
    "--name",
    `${Math.min(LONGEST_NAME, Math.max(...names.map(({ length }) => length)))}ch`,
  );
  [...root.children].forEach((bar, at) => {
    const [name, track, share] = bar.children;
    const value = probabilities?.[at] ?? 0;
    bar.classList.toggle("first", value === most);
    write(name, names[at] ?? "");
    write(share, probabilities ? percent(value) : "");
    /** @type {HTMLElement} */ (track.firstElementChild).style.width = `${value * 100}%`;
  });
}
