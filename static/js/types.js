// The shapes that travel through the page. Types only: nothing here runs. Those of `net/answers.js`
// are the server's own, written into `net/answers.d.ts` by a program.

/**
 * @typedef {import("./net/answers.js").TypedArray} TypedArraySpec
 * @typedef {import("./net/answers.js").Recipe} Recipe
 * @typedef {import("./net/answers.js").Conv2D} Conv2D
 * @typedef {Recipe["layers"][number]} Layer
 * @typedef {import("./net/answers.js").PresetAnswer} Preset
 *
 * @typedef {import("./contract.js").Verdicts} Verdicts
 * @typedef {Verdicts & {likelihood: number}} AddedVerdicts  likelihood: that chance orients as many
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
 * @property {boolean} [isBroken]  a weight is NaN or infinite
 * @property {number} [from]  of a part of a layer: its first filter
 * @property {{shown: number, all: number}} [channels]  of a frame that shows some of them
 * @property {Float64Array} [left]  of a frame that shows what training added: the share of its start
 *   that is left in each filter
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
 * @typedef {import("./net/answers.js").Run} ToldRun
 * @typedef {Pick<import("./net/answers.js").Filters, "score" | "oriented" | "labels">} RunFilters
 * @typedef {import("./net/answers.js").StatusChanged["cause"]} Cause  of a status that nobody asked for
 * @typedef {Pick<import("./net/answers.js").NumericsChanged, "step" | "changes">} Recomputed
 * @typedef {Omit<ToldRun, "filters"> &
 *   {filters: RunFilters | null, cause?: Cause, recomputed?: Recomputed, recheck?: string[]}}
 *   Run  as the API tells it, and as its events have changed it since; recomputed: after which step
 *   something else computes, where that changed; recheck: what is otherwise here than when it was interrupted
 *
 * @typedef {"classify" | "sparse-code" | "unknown"} Objective
 * @typedef {"none" | "pixels" | "labels"} Spoil
 * @typedef {{preset: string, spoil: Spoil, changes?: Record<string, string>, unsettled?: boolean}} Choice
 *   what of its recipe is to be otherwise, by dotted path; unsettled while nobody knows whether it can be
 * @typedef {{key: string, frame: Frame, total: number, recipe: Recipe,
 *   layers: import("./net/answers.js").Preview["layers"]}} Preview
 * @typedef {{layer: string, frames: Frame[], failed: boolean}} Deep
 * @typedef {{run: string, layer: string, frames: Frame[], shown: number, refused: boolean}} Pictures
 *   a later layer in pixels, by step; the step told last
 * @typedef {{status: "closed" | "open" | "lost" | "damaged", retryAt: number, lostAt: number,
 *   isHeldBack: boolean}} Connection  held back: the server is asked, as its stream stays away
 * @typedef {{times: number[], steps: number[], from: number, end: number | null, left: number | null}}
 *   Pace  for steps per second; when the run should end, in milliseconds, and the seconds told to be left
 *
 * @typedef {Pick<import("./net/answers.js").Alert, "step" | "code" | "message" | "layer">} Alert
 * @typedef {import("./net/answers.js").LayerHealth} LayerHealth
 * @typedef {object} Health  How a layer fares, snapshot by snapshot.
 * @property {number} since  the step of the first
 * @property {LayerHealth} newest
 * @property {number[]} step
 * @property {(number | null)[]} norm
 * @property {(number | null)[]} change
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
 * @property {boolean} showsFirst  the first picture stands in the place of the one looked at
 * @property {string} scene  "live", or what else the page shows of the run
 * @property {Record<string, string>} details  what the scene alone knows: a picture, a place in it
 * @property {number | null} tour  its step, from 1; null is no tour
 * @property {boolean} follow  goes where the teacher looks
 *
 * @typedef {{id: string, runs: string[], names: string, ends: number}} Deletion
 *   of these runs, by their ids; until `ends`, in milliseconds of this page
 *
 * @typedef {object} State
 * @property {"full" | "watch"} access  whoever watches can change nothing
 * @property {Preset[] | null} presets
 * @property {Run[]} runs
 * @property {string | null} runsCursor
 * @property {Deletion | null} deletion  the last one of those that can be taken back
 * @property {Choice} choice
 * @property {Preview | null} preview
 * @property {Run | null} run
 * @property {string | null} missing  id of a run that isn't there
 * @property {boolean} begun  run_started was seen
 * @property {number} seq
 * @property {boolean} gaps  the stream skipped snapshots that the film has
 * @property {Frame[]} frames  of the streamed layer, by step
 * @property {Alert[]} alerts  what goes wrong, and what to try
 * @property {Map<string, Health>} health  of each layer that was told of, by its name
 * @property {number} leftOut  snapshots that its program had no room for
 * @property {number | null} heardAt  when its program was last heard of, in milliseconds
 * @property {Deep | null} deep
 * @property {{of: Map<number, AddedVerdicts | null>, upTo: number, failed: boolean, chance: number}} added
 *   what training added, judged: verdicts by step, null where there are none to be had; the share of
 *   filters that chance may orient
 * @property {Pictures | null} pictures  null on a page that asks nobody
 * @property {TrainingCurve} training
 * @property {Curve} evaluations
 * @property {Pace} pace
 * @property {Connection} connection
 * @property {State | null} twin  the second run of a pair, as if it were alone
 * @property {string | null} pending  what was asked of the server and isn't answered yet
 * @property {string | null} problem  the last thing that could not be done
 * @property {View} view
 *
 * @typedef {import("./control/commands.js").Commands} Commands
 * @typedef {import("./state/actions.js").Action} Action
 * @typedef {(state: State, action: Action) => State} Reducer
 */

export {};
