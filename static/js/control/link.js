// @ts-check
// Keeps the address bar in step with the page, and the page with the back button.

import { linkTo, readPlace } from "../net/address.js";
import { initialState } from "../state/initial.js";
import { choiceKey } from "../state/selectors.js";

const SETTLED_MILLISECONDS = 300;

/** @param {import("../types.js").State} state @returns {import("../net/address.js").Place} */
export function placeOf(state) {
  const { view, run, missing } = state;
  const step = view.replaying ? null : view.step;
  const { layer, filter, mode, scale, scene, details, tour, follow } = view;
  const place = { run: run?.id ?? missing, step, layer, filter, mode, scale, scene, details, tour, follow };
  return place.run === null && isSaid(state) ? { ...place, choice: saidOf(state.choice) } : place;
}

/** @type {Record<"pixels" | "labels", Record<string, string>>} */
const SPOILT = { pixels: { pixels: "shuffled" }, labels: { labels: "random" } };

/** The usual experiment as it is needs no words. @param {import("../types.js").State} state */
const isSaid = ({ choice }) => choiceKey(choice) !== choiceKey(initialState().choice);

/** @param {import("../types.js").Choice} choice @returns {import("../net/address.js").Said} */
export function saidOf({ preset, spoil, changes = {} }) {
  return { preset, settings: { ...(spoil === "none" ? {} : SPOILT[spoil]), ...changes } };
}

/**
 * @param {import("../store.js").Store} store
 * @param {(place: import("../net/address.js").Place) => void} go
 */
export function keepLink(store, go) {
  let timer = 0;
  let hasPushed = false; // in this turn: leaving a run for an experiment is one way back, not two
  store.onEvery((state, before) => {
    const place = placeOf(state);
    const old = placeOf(before);
    if (linkTo(place) === linkTo(old)) return;
    clearTimeout(timer);
    const here = readPlace(location);
    const elsewhere =
      (place.run !== old.run && place.run !== here.run) ||
      (place.choice?.preset !== old.choice?.preset && place.choice?.preset !== here.choice?.preset) ||
      (place.scene !== old.scene && place.scene !== here.scene);
    if (elsewhere) {
      history[hasPushed ? "replaceState" : "pushState"](null, "", linkTo(place));
      hasPushed = true;
      setTimeout(() => (hasPushed = false));
    } else
      timer = window.setTimeout(
        () => history.replaceState(null, "", linkTo(placeOf(store.state))),
        SETTLED_MILLISECONDS,
      );
  });
  addEventListener("popstate", () => go(readPlace(location)));
}
