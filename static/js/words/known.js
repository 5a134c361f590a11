// @ts-check
// Whose a run is, and why something can't be said of it.

/** @typedef {import("../types.js").Run} Run */

/** @type {Record<string, string>} */
const TRAINED = {
  own: "is trained here",
  watched: "is trained by a script elsewhere",
  opened: "was read from files",
  cluster: "is trained on another machine",
};

export const UNKNOWN = {
  data: "What this network was trained on isn’t known here, so there are no pictures to ask it about.",
  network: "Only the filters of this network are known here, not how its layers process a picture.",
  start: "Which rule drew the first numbers of this network isn’t known here.",
  recipe: "How this network was trained isn’t known here, so it can’t be trained again.",
};

/** Where it was trained, if not on the server’s machine. @param {Run} run */
export const hostWords = (run) =>
  run.numerics?.host ? `Trained on ${run.numerics.host}, a machine of the cluster.` : "";

/** What computed it last; nothing where nobody noted that. @param {Run} run */
export function computedWords({ numerics }) {
  if (!numerics) return "";
  const { version, numpy, blas, kernel, kernels, cpu, host } = numerics;
  const compiled = kernels === "numpy" ? "no compiled kernels" : `kernels ${kernels}`;
  const where = host ? `${host}: ${cpu}` : cpu;
  return `computed by Filterscope ${version}, NumPy ${numpy}, ${blas} (${kernel}), ${compiled}; on ${where}`;
}

/** `My ResNet is trained by a script elsewhere, with PyTorch 2.9.` @param {Run} run */
export function whose({ name, source = "own", described }) {
  const tool = described?.framework && source !== "own" ? `, with ${described.framework}` : "";
  return `${name} ${TRAINED[source]}${tool}.`;
}
