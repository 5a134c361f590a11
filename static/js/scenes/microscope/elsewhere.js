// @ts-check
// A filter of somebody's own network on a picture that was brought, and what of it is assumed.

import { limitOf } from "../../kernels/limit.js";
import { SCALINGS, scaledAs, scalingIn } from "../../pictures/scaling.js";
import { streamedLayer } from "../../state/run.js";
import { channelsSeen, slidingOf } from "../../state/sliding.js";
import { judgedFrame } from "../../state/selectors.js";
import { titleOf } from "../../state/watched.js";
import { inWords } from "../../words/numbers.js";
import { volumeOf } from "./volume.js";

/**
 * @typedef {import("../../types.js").State} State
 * @typedef {import("../../pictures/subject.js").Subject} Subject
 * @typedef {import("../../state/sliding.js").Sliding} Sliding
 */

/** Activations that are worked out here. */
const OURS = ["linear", "relu", "tanh", "sigmoid"];

/** @param {State} state @param {Subject | null} subject */
export function fromElsewhere(state, subject) {
  const frame = judgedFrame(state);
  const sliding = slidingOf(state.run, streamedLayer(state));
  if (!frame || !subject || !sliding) return null;
  const filters = frame.kernel.shape[3];
  const filter = Math.min(state.view.layer === null ? (state.view.filter ?? 0) : 0, filters - 1);
  const seen = channelsSeen(sliding, filter, filters);
  const scaling = scalingIn(state.view.details);
  const { pixels, values, largest } = scaledPart(subject, seen, scaling);
  const { activation } = sliding;
  return {
    textbook: false,
    task: {
      input: { values, shape: withChannels(subject.shape, seen.length) },
      kernel: volumeOf(frame.kernel, filter),
      bias: frame.bias?.[filter] ?? 0,
      activation: activation && OURS.includes(activation) ? activation : "linear",
    },
    levels: pixels,
    filter,
    limit: limitOf(state.frames) || 1,
    largest,
    step: frame.step,
    meaning: SCALINGS[scaling].meaning,
    channels: seen.length,
    own: ownLaying(sliding),
    remarks: remarksOn(state, sliding, { seen, hasBias: Boolean(frame.bias), isBroken: frame.isBroken }),
  };
}

/** As the layer has it; what nobody told is assumed, and said. @param {Sliding} sliding */
const ownLaying = ({ strides, padding, dilation }) => ({
  padding: padding ?? /** @type {const} */ ("valid"),
  strides: strides?.[0] ?? 1,
  across: strides?.[1] ?? 1,
  dilation,
});

/** @param {[number, number, number]} shape @param {number} channels @returns {[number, number, number]} */
const withChannels = ([height, width], channels) => [height, width, channels];

/** The last, for pointing at it asks again and again. @type {{key: string, made: Part}} */
let last = { key: "", made: { pixels: new Uint8Array(), values: new Float32Array(), largest: 0 } };

/**
 * Those channels of a picture that a filter sees.
 * @typedef {{pixels: Uint8Array, values: Float32Array, largest: number}} Part
 * @param {Subject} subject
 * @param {number[]} seen
 * @param {import("../../pictures/scaling.js").Scaling} scaling
 * @returns {Part}
 */
function scaledPart({ key, pixels, shape: [, , channels] }, seen, scaling) {
  const wanted = [key, scaling, seen].join("|");
  if (last.key === wanted) return last.made;
  const part = seen.length === channels ? pixels : pixels.filter((_, at) => seen.includes(at % channels));
  const values = scaledAs(part, scaling);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  last = { key: wanted, made: { pixels: part, values, largest } };
  return last.made;
}

/**
 * What of the numbers is assumed, for nobody told; and what is unusual about the layer.
 * @param {State} state
 * @param {Sliding} sliding
 * @param {{seen: number[], hasBias: boolean, isBroken?: boolean}} filter
 */
function remarksOn(
  { run, view, frames },
  { strides, padding, dilation, activation, bias, channels },
  filter,
) {
  const { seen, hasBias, isBroken } = filter;
  const assumed = [...(strides ? [] : ["stride 1"]), ...(padding ? [] : ["no zeros at the border"])];
  const streamed = frames[0]?.layer ?? "";
  const told = [
    isBroken && "Some weights of this layer are NaN or infinite at this step, and so is what comes of them.",
    assumed.length && `Assumed, for your program didn’t tell: ${assumed.join(" and ")}.`,
    bias !== false && !hasBias && "No bias was sent; 0 stands for it.",
    activation === null && "What follows the sum isn’t known; none is applied.",
    activation && !OURS.includes(activation) && `This is the sum before its activation, ${activation}.`,
    dilation.some((gap) => gap > 1) && `Its weights lie ${dilation.join(" and ")} pixels apart.`,
    seen.length < channels && `It sees channel ${seen[0] + 1} of ${inWords(channels)} alone.`,
    view.layer !== null &&
      view.layer !== streamed &&
      `Of ${titleOf(run, view.layer)} nothing can be laid on a picture: this is ${titleOf(run, streamed)}.`,
  ];
  return told.filter(Boolean).join(" ");
}
