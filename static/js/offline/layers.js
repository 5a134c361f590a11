// @ts-check
// The layers after the first: on the stage when chosen, and how much of each the file holds.

import { isDeep } from "../state/selectors.js";
import { byId, write } from "../views/elements.js";

/** @typedef {import("./saved.js").Saved} Saved */

/** @param {import("../store.js").Store} store @param {Saved} saved @param {string} layer */
export function chooseLayer(store, { run, film, deeper }, layer) {
  store.dispatch({ type: "layer_chosen", layer: layer === film.layer ? null : layer });
  const chosen = deeper.find((other) => other.layer === layer);
  if (chosen && store.state.deep?.layer !== layer)
    store.dispatch({ type: "film_loaded", run: run.id, film: chosen });
}

/**
 * Under the choice of layer, wherever some of it is left out.
 * @param {Saved} saved
 * @param {import("../store.js").Store} store
 */
export function mountHolds({ deeper, snapshots }, store) {
  const line = byId("layer-holds");
  store.subscribe((state) => {
    const film = isDeep(state) ? deeper.find(({ layer }) => layer === state.view.layer) : undefined;
    line.hidden = film === undefined || film.steps.length === snapshots;
    if (film)
      write(
        line,
        `This file holds ${film.steps.length} of its ${snapshots} snapshots; the scrubber shows the ` +
          "last one before.",
      );
  });
}

/** `all 44 snapshots of conv1; 12 of 44 of conv2; conv3 is too large for it`. @param {Saved} saved */
export function holding({ film, deeper, left_out: leftOut, snapshots }) {
  const [first, ...others] = [film, ...deeper].map(({ layer, steps }) =>
    steps.length === snapshots
      ? `all ${snapshots} snapshots of ${layer}`
      : `${steps.length} of ${snapshots} snapshots of ${layer}`,
  );
  return [first, ...others, ...leftOut.map((layer) => `nothing of ${layer}, which is too large`)].join(", ");
}
