// The shapes that travel through the page. Types only: nothing here runs.

/**
 * @typedef {{dtype: string, shape: string, bdata: string}} TypedArraySpec
 *
 * @typedef {import("./contract.js").Verdicts} Verdicts
 *
 * @typedef {object} Kernel  Weights of one layer in HWIO order.
 * @property {[number, number, number, number]} shape height, width, in channels, filters
 * @property {Float32Array} weights
 *
 * @typedef {object} Frame  One snapshot of one layer; verdicts are missing for deeper layers.
 * @property {number} step
 * @property {string} layer
 * @property {Kernel} kernel
 * @property {Uint32Array} sizes  histogram of |W|, for the limit of the colour scale
 * @property {Verdicts | null} verdicts
 * @property {number[] | null} bias  one a filter; missing for deeper layers
 *
 * @typedef {object} Curve
 * @property {number[]} step
 * @property {number[]} loss
 * @property {number[]} accuracy  empty where nothing is named
 *
 * @typedef {object} TrainingCurve  What batches gave: means in bins of the stretched axis.
 * @property {number[]} step  the newest of each bin
 * @property {number[]} loss
 * @property {number[]} accuracy  empty where nothing is named
 * @property {number[]} newestLoss  that of the batch at `step` alone
 * @property {number[]} count  how many steps a mean is of
 *
 * @typedef {object} Preset
 * @property {string} name
 * @property {string} title
 * @property {string} sentence
 * @property {string} doubt
 * @property {any} recipe
 * @property {number} total_steps
 *
 * @typedef {object} Run  As the API tells it.
 * @property {string} id
 * @property {string} name
 * @property {string} status
 * @property {string | null} preset
 * @property {string | null} [cause]  why it is in its status, where nobody asked for that
 * @property {any} recipe
 * @property {number} step
 * @property {number} total_steps
 * @property {number} last_seq
 * @property {string[]} [layers]
 * @property {number | null} [training_seconds]
 * @property {{score: number | null, oriented: number | null} | null} [filters]
 * @property {{code: string, message: string, advice?: string} | null} [error]
 *
 * @typedef {"classify" | "sparse-code"} Objective
 * @typedef {"none" | "pixels" | "labels"} Spoil
 * @typedef {{preset: string, spoil: Spoil}} Choice
 * @typedef {{key: string, frame: Frame, total: number}} Preview
 * @typedef {{layer: string, frames: Frame[], failed: boolean}} Deep
 * @typedef {{status: "closed" | "open" | "lost", retryAt: number, lostAt: number}} Connection
 * @typedef {{times: number[], steps: number[], from: number}} Pace  for steps per second
 *
 * @typedef {object} View
 * @property {number | null} step  null is live (or the end)
 * @property {number | null} filter  chosen, from 0
 * @property {number | null} hovered
 * @property {"weights" | "difference"} mode
 * @property {"shared" | "own"} scale
 * @property {string | null} layer  null is the streamed one
 * @property {boolean} replaying
 * @property {number} speed  of replays; 1 is the film in four seconds
 * @property {boolean} held  a finger or the mouse is on the scrubber
 * @property {string} scene  "live", or what else the page shows of the run
 * @property {Record<string, string>} details  what the scene alone knows: a picture, a place in it
 * @property {number | null} tour  its step, from 1; null is no tour
 * @property {boolean} follow  goes where the teacher looks
 *
 * @typedef {object} State
 * @property {"full" | "watch"} access  whoever watches can change nothing
 * @property {Preset[] | null} presets
 * @property {Run[]} runs
 * @property {string | null} runsCursor
 * @property {Choice} choice
 * @property {Preview | null} preview
 * @property {Run | null} run
 * @property {string | null} missing  id of a run that isn't there
 * @property {boolean} begun  run_started was seen
 * @property {number} seq
 * @property {boolean} gaps  the stream skipped snapshots that the film has
 * @property {Frame[]} frames  of the streamed layer, by step
 * @property {{step: number, message: string}[]} alerts  what goes wrong, and what to try
 * @property {Deep | null} deep
 * @property {TrainingCurve} training
 * @property {Curve} evaluations
 * @property {Pace} pace
 * @property {Connection} connection
 * @property {State | null} twin  the second run of a pair, as if it were alone
 * @property {string | null} pending  what was asked of the server and isn't answered yet
 * @property {string | null} problem  the last thing that could not be done
 * @property {View} view
 *
 * @typedef {Record<string, (...values: any[]) => any>} Commands
 * @typedef {{type: string, [key: string]: any}} Action
 * @typedef {(state: State, action: Action) => State} Reducer
 */

export {};
