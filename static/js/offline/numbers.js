// @ts-check
// A filter's weights as tables, a channel each: to read, to copy, to hear.

import { fixed } from "../words/numbers.js";
import { make } from "../views/elements.js";
import { channelOf, filterOf } from "../kernels/slices.js";

const MOST_WEIGHTS = 1500;
const CHANNELS = ["Red light", "Green light", "Blue light"];

/** @param {HTMLElement} root @param {import("../types.js").Kernel} kernel @param {number} filter */
export function drawNumbers(root, kernel, filter) {
  const [height, width, channels] = kernel.shape;
  if (height * width * channels > MOST_WEIGHTS)
    return root.replaceChildren("Too many to list here; point at a cell above to read it.");
  root.replaceChildren(
    ...Array.from({ length: channels }, (_, channel) =>
      table(channelOf(filterOf(kernel, filter), channel), nameOf(channel, channels)),
    ),
  );
}

/** @param {number} channel @param {number} channels */
function nameOf(channel, channels) {
  if (channels === 1) return "Weights";
  return channels === 3 ? CHANNELS[channel] : `From filter ${channel + 1}`;
}

/** @param {import("../types.js").Kernel} plane @param {string} name */
function table({ shape, weights }, name) {
  const [height, width] = shape;
  const rows = Array.from({ length: height }, (_, row) =>
    make(
      "tr",
      {},
      ...Array.from({ length: width }, (_, column) =>
        make("td", {}, fixed(weights[row * width + column], 3)),
      ),
    ),
  );
  return make("table", {}, make("caption", {}, name), make("tbody", {}, ...rows));
}
