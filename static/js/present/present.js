// @ts-check
// The presentation: the film, the headline, one curve and the scrubber, to be read from the last row.

import { headline } from "../words/headline.js";
import { spokenFilter } from "../words/filters.js";
import { currentFrame, sharedLimit, totalSteps } from "../state/selectors.js";
import { Changes } from "../views/changes.js";
import { byId, write } from "../views/elements.js";
import { atMostEvery } from "../views/headline.js";
import { Montage } from "../views/montage.js";
import { drawCurve } from "./curve.js";
import { mountJoining } from "./joining.js";
import { createLeading } from "./leading.js";
import { QUANTITIES, isThere, summaryOf, valueNow } from "./quantities.js";

/** @typedef {import("../types.js").State} State */

const HEAD_MILLISECONDS = 250;
const EAR_MILLISECONDS = 5000;
const narrow = matchMedia("(max-width: 899px)");

/**
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
export function mount(store, commands) {
  const film = new Montage(byId("present-film"), {
    gap: 12,
    caption: () => 34,
    interactive: true,
    height: (root) => (narrow.matches ? Infinity : root.clientHeight),
    columns: (count) => (narrow.matches && count > 4 ? 4 : undefined),
  });
  const svg = byId("present-curve");
  let chosen = "oriented";
  const filmChanges = new Changes();
  const curveChanges = new Changes();
  const isShown = () => store.state.view.scene === "present";

  const tell = atMostEvery(
    HEAD_MILLISECONDS,
    () => isShown() && write(byId("present-headline"), headline(store.state)),
  );
  const say = atMostEvery(
    EAR_MILLISECONDS,
    () => isShown() && svg.setAttribute("aria-label", summaryOf(store.state, QUANTITIES[chosen])),
  );

  /** @param {State} state */
  function draw(state) {
    if (!isShown()) return;
    tell();
    say();
    const frame = currentFrame(state);
    const limit = sharedLimit(state);
    if (filmChanges.found(frame, limit)) {
      film.draw(frame && { frame, origin: null, limitOf: () => limit });
      if (frame) film.caption(frame, (filter) => spokenFilter(frame, filter));
    }
    film.select(state.view.filter);
    drawMeasure(state);
  }

  /** @param {State} state */
  function drawMeasure(state) {
    for (const input of byId("present-choice").querySelectorAll("input"))
      input.disabled = !isThere(state, input.value);
    if (!isThere(state, chosen)) chosen = "oriented";
    byId("present-choice").querySelector(`[value="${chosen}"]`).checked = true;
    const wanted = [
      chosen,
      state.frames,
      state.evaluations,
      state.view.step,
      totalSteps(state),
      svg.clientWidth,
      svg.clientHeight,
    ];
    if (!curveChanges.found(...wanted)) return;
    const quantity = QUANTITIES[chosen];
    const now = valueNow(state, quantity.of(state));
    write(byId("present-curve-title"), quantity.title);
    write(byId("present-value"), now === null ? "" : quantity.say(now));
    drawCurve(svg, state, quantity);
  }

  byId("present-choice").onchange = (/** @type {Event} */ event) => {
    chosen = /** @type {HTMLInputElement} */ (event.target).value;
    svg.setAttribute("aria-label", summaryOf(store.state, QUANTITIES[chosen]));
    draw(store.state);
  };
  byId("present-film").onclick = (/** @type {MouseEvent} */ event) => {
    const tile = event.target instanceof Element ? event.target.closest(".tile") : null;
    const filter = tile instanceof HTMLElement ? Number(tile.dataset.filter) : null;
    if (filter !== null) commands.chooseFilter(store.state.view.filter === filter ? null : filter);
  };
  byId("present-end").onclick = () => commands.openScene("live");
  keepWholeScreen(store, commands);
  mountJoining(store);
  createLeading(store);
  new ResizeObserver(() => draw(store.state)).observe(svg);
  store.subscribe(draw);
}

/**
 * The whole screen and the presentation end together.
 * @param {import("../store.js").Store} store
 * @param {import("../types.js").Commands} commands
 */
function keepWholeScreen(store, commands) {
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && store.state.view.scene === "present") commands.openScene("live");
  });
  store.subscribe(({ view }, before) => {
    const isOver = before.view.scene === "present" && view.scene !== "present";
    if (isOver && document.fullscreenElement) document.exitFullscreen();
  });
}
