// @ts-check
// Keeps the address bar in step with the page, and the page with the back button.

import { linkTo, readPlace } from "../net/address.js";

const SETTLED_MILLISECONDS = 300;

/** @param {import("../types.js").State} state @returns {import("../net/address.js").Place} */
export function placeOf(state) {
  const { view, run, missing } = state;
  const step = view.replaying ? null : view.step;
  const { layer, filter, mode, scale, scene, details, tour, follow } = view;
  return { run: run?.id ?? missing, step, layer, filter, mode, scale, scene, details, tour, follow };
}

/**
 * @param {import("../store.js").Store} store
 * @param {(place: import("../net/address.js").Place) => void} go
 */
export function keepLink(store, go) {
  let timer = 0;
  store.onEvery((state, before) => {
    const place = placeOf(state);
    const old = placeOf(before);
    if (linkTo(place) === linkTo(old)) return;
    clearTimeout(timer);
    const here = readPlace(location);
    const elsewhere =
      (place.run !== old.run && place.run !== here.run) ||
      (place.scene !== old.scene && place.scene !== here.scene);
    if (elsewhere) history.pushState(null, "", linkTo(place));
    else
      timer = window.setTimeout(
        () => history.replaceState(null, "", linkTo(placeOf(store.state))),
        SETTLED_MILLISECONDS,
      );
  });
  addEventListener("popstate", () => go(readPlace(location)));
}
