// @ts-check
// What the scene is about: one filter, at the step looked at, in its film.

import { numberIn } from "../../state/details.js";
import { indexAt } from "../../state/frames.js";
import { knows } from "../../state/known.js";
import { isFromElsewhere, titleOf } from "../../state/watched.js";
import { currentPicture, isExpanded, pictureLimit } from "../../state/pictures.js";
import { currentFrame, isDeep, sharedLimit, shownFrames } from "../../state/selectors.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../types.js").Frame} Frame
 * @typedef {object} Subject
 * @property {Frame} frame
 * @property {number} filter  from 0
 * @property {number} count  filters in the layer
 * @property {Frame[]} frames
 * @property {number} index  of the frame in them, −1 for a preview
 * @property {number} limit  of the colour scale
 * @property {number} shownLimit  of that of the large one
 * @property {boolean} deep  a later layer, of which the page has weights alone
 * @property {string} title  of the layer, as its owner calls it
 * @property {boolean} isMute  nobody knows what its layer answers to a picture
 * @property {Frame | null} picture  of such a layer, in pixels
 * @property {Frame} shown  large: the picture, or else the frame itself
 */

/** Of the test set, where the address names none. */
const USUAL_PICTURE = 7;

/** @param {State} state @returns {Subject | null} */
export function subjectOf(state) {
  const frame = currentFrame(state);
  if (!frame) return null;
  const frames = shownFrames(state);
  const count = frame.kernel.shape[3];
  const filter = Math.min(state.view.filter ?? 0, count - 1);
  const picture = isExpanded(state) ? currentPicture(state) : null;
  return {
    picture,
    shown: picture ?? frame,
    frame,
    filter,
    count,
    frames,
    index: indexAt(frames, frame.step),
    limit: sharedLimit(state),
    shownLimit: pictureLimit(state),
    deep: isDeep(state),
    title: titleOf(state.run, frame.layer),
    isMute: isFromElsewhere(state) && !knows(state, "network"),
  };
}

/**
 * After how many steps the pull that is shown pulled: one less where that snapshot is kept, so that the
 * last step is seen whole, its gradient and what came of it; else as many as the filter has had.
 * @param {Subject} subject
 */
export const pulledAt = ({ frame, frames, index }) =>
  frames[index - 1]?.step === frame.step - 1 ? frame.step - 1 : frame.step;

/** The number of the test picture, as the address has it. @param {State} state */
export function pictureOf({ view }) {
  const { picture } = view.details;
  return numberIn(picture) ?? USUAL_PICTURE;
}
