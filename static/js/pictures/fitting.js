// @ts-check
// What pictures the network of a run from elsewhere takes, and why it takes none where it doesn't.

import { knows } from "../state/known.js";
import { streamedLayer } from "../state/run.js";
import { OF_PICTURES, slidingOf } from "../state/sliding.js";
import { kindOf, titleOf } from "../state/watched.js";
import { BROUGHT, table } from "./brought.js";
import { scalingIn } from "./scaling.js";

/** @typedef {import("../types.js").State} State */

/** The longer side, in pixels, of what is laid under a single filter. */
const LARGEST_SIDE = 256;

/**
 * What its first layer takes; null for one that is trained here, and where that looks at no pictures.
 * @param {State} state
 * @returns {import("./ground.js").Fit | null}
 */
export function fitOfFirstLayer(state) {
  const sliding = isElsewhere(state) ? slidingOf(state.run, streamedLayer(state)) : null;
  if (!sliding || !OF_PICTURES.includes(sliding.channels)) return null;
  const known = inputShape(state);
  const isFit = known?.[2] === sliding.channels && Math.max(known[0], known[1]) <= LARGEST_SIDE;
  return { channels: sliding.channels, shape: isFit ? known : null, ...fromDetails(state) };
}

/**
 * What all of it takes; null likewise, and where not all of its layers are known.
 * @param {State} state
 * @returns {import("./ground.js").Fit | null}
 */
export function fitOfNetwork(state) {
  const shape = state.run?.described?.network?.input_shape;
  if (!isElsewhere(state) || !knows(state, "network") || !shape || !OF_PICTURES.includes(shape[2]))
    return null;
  return { channels: shape[2], shape, ...fromDetails(state) };
}

/** Whether its pictures have to be brought. @param {State} state */
export const isElsewhere = (state) => state.run !== null && !knows(state, "data");

/** @param {State} state */
const inputShape = ({ run }) => run?.described?.network?.input_shape ?? run?.described?.input_shape ?? null;

/** @param {State} state */
const fromDetails = ({ view }) => ({
  brought: view.details.picture === BROUGHT ? table.picture : null,
  scaling: scalingIn(view.details),
});

/** Why no picture can be laid under its first layer. @param {State} state */
export function whyNoPicture(state) {
  const name = streamedLayer(state);
  const title = titleOf(state.run, name);
  const sliding = slidingOf(state.run, name);
  if (!sliding) {
    const kind = (kindOf(state.run, name) ?? "layer").replaceAll("_", " ");
    return `${title} is a ${kind}: only filters that slide over flat pictures can be laid on one.`;
  }
  return `${title} looks at ${sliding.channels} channels; a picture has one, or three.`;
}
