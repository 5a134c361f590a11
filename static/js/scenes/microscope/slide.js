// @ts-check
// The filter slides over the picture, place by place; with reduced motion each press is one place.

import { byId, setIcon, write } from "../../views/elements.js";

const SLIDE_MILLISECONDS = 12000;
const LONGEST_STAY_MILLISECONDS = 500;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @param {() => import("./specimen.js").Specimen | null} specimen
 * @param {(place: [number, number]) => void} go
 */
export function createSlide(specimen, go) {
  const button = byId("lens-slide");
  let timer = 0;

  /** The place after this one, row by row; null after the last. */
  function next() {
    const now = specimen();
    if (!now) return null;
    const [rows, columns] = now.size;
    const at = now.place[0] * columns + now.place[1] + 1;
    return at < rows * columns
      ? /** @type {[number, number]} */ ([Math.floor(at / columns), at % columns])
      : null;
  }

  function show() {
    write(button.querySelector("span"), timer ? "Stop" : still.matches ? "Next place" : "Slide");
    setIcon(button.querySelector("svg"), timer ? "icon-stop" : still.matches ? "icon-step" : "icon-play");
  }

  function stop() {
    clearTimeout(timer);
    timer = 0;
    show();
  }

  function step() {
    const place = next();
    const now = specimen();
    if (!place || !now) return stop();
    go(place);
    const stay = Math.min(LONGEST_STAY_MILLISECONDS, SLIDE_MILLISECONDS / (now.size[0] * now.size[1]));
    timer = window.setTimeout(step, stay);
    show();
  }

  button.onclick = () => {
    if (timer) return stop();
    if (still.matches) return go(next() ?? [0, 0]);
    if (!next()) go([0, 0]);
    step();
  };
  still.addEventListener("change", show);
  show();
  return { stop };
}
