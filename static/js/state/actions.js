// All that can happen to the state of the page. Types only: nothing here runs.

/**
 * @typedef {import("../types.js").Choice} Choice
 * @typedef {import("../types.js").Connection} Connection
 * @typedef {import("../types.js").Frame} Frame
 * @typedef {import("../types.js").Preset} Preset
 * @typedef {import("../types.js").Preview} Preview
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("../types.js").State} State
 * @typedef {import("../types.js").View} View
 * @typedef {import("../net/answers.js").FilmAnswer} Film
 * @typedef {import("../net/stream.js").RunEvent} RunEvent
 *
 * @typedef {EventAction | CatalogueAction | RunAction | PictureAction | RequestAction | ViewAction
 *   | TwinAction} Action
 *
 * @typedef {{type: "event", run: string, at: number} & RunEvent} EventAction
 *   told by the run of that id, heard `at` so many milliseconds
 *
 * @typedef {{type: "access_known", access: State["access"]}
 *   | {type: "presets_loaded", presets: Preset[]}
 *   | {type: "chosen", choice: Partial<Choice>}
 *   | {type: "preview_loaded", preview: Preview}
 *   | {type: "runs_loaded", runs: Run[], cursor: string | null}
 *   | {type: "runs_appended", runs: Run[], cursor: string | null}
 *   | {type: "runs_deleted", deletion: import("../types.js").Deletion}
 *   | {type: "deletion_over", next: import("../types.js").Deletion | null}} CatalogueAction
 *   taken back, or too late for that; next is the one before it
 *
 * @typedef {{type: "run_opened", run: Run, at?: number}
 *   | {type: "run_left"}
 *   | {type: "run_missing", id: string}
 *   | {type: "run_refreshed", run: Run, at?: number}
 *   | {type: "program_heard", run: Run, at: number}
 *   | {type: "numerics_told", run: string, changes: string[]}
 *   | {type: "story_reset", run: string}
 *   | {type: "film_loaded", run: string, film: Film}
 *   | {type: "film_failed", layer: string}
 *   | {type: "deep_told", run: string, layer: string, frame: Frame}
 *   | {type: "deep_awaited", run: string, layer: string}
   | {type: "added_loaded", run: string, added: import("../net/answers.js").AddedAnswer}
   | {type: "added_failed", run: string}
 *   | {type: "connection_changed", connection: Partial<Connection>}} RunAction
 *
 * @typedef {{run: string, layer: string, frame: Frame, picture: Frame}} PictureTold  at one step
 * @typedef {{type: "pictures_promised"}
 *   | {type: "picture_told"} & PictureTold
 *   | {type: "pictures_refused", run: string, layer: string}} PictureAction
 *
 * @typedef {{type: "request_began", what: string}
 *   | {type: "request_ended"}
 *   | {type: "request_failed", message: string}
 *   | {type: "problem_read"}} RequestAction
 *
 * @typedef {{type: "looked_at", step: number, replaying?: boolean}
 *   | {type: "looked_live"}
 *   | {type: "scrubber_held", held: boolean}
 *   | {type: "first_held", held: boolean}
 *   | {type: "speed_chosen", speed: number}
 *   | {type: "filter_chosen", filter: number | null}
 *   | {type: "filter_hovered", filter: number | null}
 *   | {type: "layer_chosen", layer: string | null}
 *   | {type: "mode_chosen", mode: View["mode"]}
 *   | {type: "scale_chosen", scale: View["scale"]}
 *   | {type: "scene_opened", scene: string, details?: View["details"]}
 *   | {type: "details_chosen", details: View["details"]}
 *   | {type: "guided", tour?: number | null, follow?: boolean}
 *   | {type: "tour_chosen", tour: number | null}
 *   | {type: "follow_chosen", follow: boolean}} ViewAction
 *
 * @typedef {{type: "twin_told", action: Action} | {type: "twin_left"}} TwinAction
 */

export {};
