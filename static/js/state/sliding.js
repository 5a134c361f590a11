// @ts-check
// How a layer of somebody's network slides over its input, as far as its program told.

import { layerNamed } from "./watched.js";

/**
 * @typedef {import("../types.js").Run} Run
 * @typedef {[[number, number], [number, number]]} Zeros  before and after, down and across
 * @typedef {object} Sliding
 * @property {[number, number] | null} strides  down and across; null where nobody told
 * @property {"valid" | "same" | Zeros | null} padding  likewise
 * @property {[number, number]} dilation
 * @property {string | null} activation  likewise
 * @property {boolean | null} bias  whether it adds one; likewise
 * @property {number} channels  of its input
 * @property {number} groups  into how many parts they fall
 */

const SLIDING = ["conv2d", "depthwise_conv2d"];
/** Channels that a picture can have: gray, or red, green and blue. */
export const OF_PICTURES = [1, 3];

/**
 * Null where it is not one that slides over pictures, of a kind that is known here.
 * @param {Run | null} run
 * @param {string} name
 * @returns {Sliding | null}
 */
export function slidingOf(run, name) {
  const layer = layerNamed(run, name);
  if (!layer?.shape || layer.shape.length !== 4 || !SLIDING.includes(layer.kind)) return null;
  const each = layer.shape[2];
  const isDepthwise = layer.kind !== "conv2d";
  const known = inNetwork(run, name);
  return {
    strides: pairOf(known?.strides ?? layer.strides),
    padding: known?.padding ?? paddingOf(layer.padding),
    dilation: pairOf(layer.dilation) ?? [1, 1],
    activation: known?.activation ?? layer.activation ?? null,
    bias: layer.bias ?? null,
    channels: isDepthwise ? each : each * layer.groups,
    groups: isDepthwise ? each : layer.groups,
  };
}

/**
 * The channels that a filter sees.
 * @param {Sliding} sliding
 * @param {number} filter  from 0
 * @param {number} filters  of the layer
 */
export function channelsSeen({ channels, groups }, filter, filters) {
  const each = channels / groups;
  const group = Math.floor(filter / (filters / groups));
  return Array.from({ length: each }, (_, at) => group * each + at);
}

/**
 * The same layer as it stands in the network, where all of that is known.
 * @param {Run | null} run
 * @param {string} name
 */
function inNetwork(run, name) {
  const at = run?.described?.layers.findIndex((layer) => layer.name === name) ?? -1;
  const layer = run?.described?.network?.layers[at];
  return layer?.type === "conv2d" || layer?.type === "depthwise_conv2d" ? layer : null;
}

/** @param {number | number[] | null | undefined} told @returns {[number, number] | null} */
function pairOf(told) {
  if (typeof told === "number") return [told, told];
  return told?.length === 2 ? [told[0], told[1]] : null;
}

/** @param {"valid" | "same" | [number, number][] | null | undefined} told @returns {Sliding["padding"]} */
function paddingOf(told) {
  if (typeof told === "string") return told;
  return told?.length === 2 ? [told[0], told[1]] : null;
}
