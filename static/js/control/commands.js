// What one can do, for all who offer it: buttons, keys, the tour. Types only: nothing here runs.

/**
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("../types.js").View} View
 *
 * @typedef {object} Looking  What needs no server.
 * @property {() => void} replay  the film, or stops it
 * @property {(step: number) => void} lookAt
 * @property {() => void} lookLive  at the newest step, or the end
 * @property {(filter: number | null) => void} chooseFilter
 * @property {() => void} openFilter  the chosen one, large
 * @property {(layer: string) => void} chooseLayer
 *
 * @typedef {object} Training  What the server is asked for. Those that start a run answer with it.
 * @property {() => Promise<Run | null>} start  the experiment chosen
 * @property {(recipe: object) => Promise<Run | null>} startRecipe  one that is nobody's preset
 * @property {() => Promise<Run | null>} runAgain
 * @property {() => Promise<Run | null>} newSeed  the same recipe with the next seed
 * @property {(total: number) => Promise<Run | null>} trainTo  to more steps, from where it is
 * @property {(step: number, without: {[layer: string]: number[]}) => Promise<Run | null>} trainWithout
 *   from a step of the run on, with filters from 0 held at 0
 * @property {() => Promise<Run | null>} runUnspoiled
 * @property {() => Promise<Run | null>} mend  once more, with a learning rate that should hold
 * @property {() => Promise<void>} pause
 * @property {() => Promise<void>} resume
 * @property {() => Promise<void>} goOn  with an interrupted run
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} step  one update, then a pause
 *
 * @typedef {object} Opening  Which run, which scene.
 * @property {(preset: string) => void} choosePreset
 * @property {(spoil: import("../types.js").Spoil) => void} chooseSpoil
 * @property {(changes: Record<string, string>) => void} changeChoice  of the experiment, by dotted path
 * @property {(id: string) => Promise<void>} openRun
 * @property {(runs: Run[]) => Promise<void>} deleteRuns  all of them or none; for a while that can be undone
 * @property {(sweep: import("../net/sweeps.js").Told) => Promise<boolean>} deleteSweep  with its runs,
 *   likewise; whether it is gone
 * @property {() => Promise<void>} undoDeletion  the last one
 * @property {() => void} leave  the run on the stage
 * @property {() => Promise<void>} loadRuns
 * @property {() => Promise<void>} moreRuns
 * @property {() => void} reconnect  at once
 * @property {(scene: string, details?: View["details"]) => void} openScene
 * @property {(details: View["details"]) => void} chooseDetails
 * @property {(goal: import("../words/notices.js").Goal) => void} go  where a sentence leads
 * @property {() => void} escape  back to live, and there from the filter
 *
 * @typedef {Looking & Training & Opening} Commands
 */

export {};
