// @ts-check
// Which runs can stand beside one that nobody can train again: those that begin with filters of its shape.

import { layerNamed } from "./watched.js";

/** @typedef {import("../types.js").Run} Run */

/** @param {import("../types.js").State} state @returns {Run[]} those that are known of, in their order */
export function comparableRuns({ run, runs }) {
  const shape = shapeOf(run);
  if (!run || !shape) return [];
  return runs.filter((other) => other.id !== run.id && shapeOf(other)?.join() === shape.join());
}

/** Of the kernel of its first layer. @param {Run | null} run */
export const shapeOf = (run) => layerNamed(run, run?.layers[0] ?? "")?.shape ?? null;
