// @ts-check
// Wires the page: one store, views that draw it, commands that change it.

import { LIVE_STATUSES } from "./contract.js";
import { changeDetails } from "./control/details.js";
import { keepEarlyClicks, listenToOpeners } from "./control/early.js";
import { mountGuides } from "./control/guides.js";
import { listenToKeys } from "./control/keyboard.js";
import { keepLink } from "./control/link.js";
import { Player } from "./control/player.js";
import { listenToPointer } from "./control/pointing.js";
import { createSession } from "./control/session.js";
import { api } from "./net/api.js";
import { readPlace } from "./net/address.js";
import { initialState } from "./state/initial.js";
import { reduce } from "./state/reduce.js";
import { currentFrame, isDeep, isLive } from "./state/selectors.js";
import { takenAlong } from "./state/switched.js";
import { mountScenes } from "./scenes/scenes.js";
import { createStore } from "./store.js";
import { mountActions, mountAfterwards, mountLeaving } from "./views/actions.js";
import { mountChoices, mountProblem } from "./views/choices.js";
import { mountDock } from "./views/dock.js";
import { byId } from "./views/elements.js";
import { mountFacts } from "./views/facts.js";
import { fitAroundFacts } from "./views/free_places.js";
import { mountFolding } from "./views/folding.js";
import { mountHeadline } from "./views/headline.js";
import { mountHolding } from "./views/holding.js";
import { mountHints } from "./views/hints.js";
import { mountLayerRail } from "./views/layers.js";
import { mountLegend } from "./views/legend.js";
import { mountMenus } from "./views/menus.js";
import { mountObjective } from "./views/objective.js";
import { mountOrigins } from "./views/origins.js";
import { mountPager } from "./views/pager.js";
import { mountPresets } from "./views/presets.js";
import { mountRuns } from "./views/runs.js";
import { mountScrubber } from "./views/scrubber.js";
import { mountStage } from "./views/stage.js";

const OTHER_RUNS_MILLISECONDS = 4000;

const store = createStore(reduce, initialState());
const session = createSession(store);
const player = new Player(store);
const commands = {
  ...session,
  replay: () => player.replay(),
  lookAt: (/** @type {number} */ step) => store.dispatch({ type: "looked_at", step }),
  lookLive: () => store.dispatch({ type: "looked_live" }),
  chooseFilter: (/** @type {number | null} */ filter) => store.dispatch({ type: "filter_chosen", filter }),
  openFilter: () => commands.openScene("filter"),
  openScene: (/** @type {string} */ scene, details = takenAlong(store.state, scene)) =>
    store.dispatch({ type: "scene_opened", scene, details }),
  chooseDetails: (/** @type {Record<string, string>} */ details) =>
    store.dispatch({ type: "details_chosen", details }),
  /** Goes where a sentence leads. */
  go(/** @type {import("./words/notices.js").Goal} */ { scene, step, filter, mode }) {
    if (step !== undefined) commands.lookAt(step);
    if (filter !== undefined) commands.chooseFilter(filter);
    if (mode) store.dispatch({ type: "mode_chosen", mode });
    if (scene) commands.openScene(scene);
  },
  escape: () => {
    const { scene, details } = store.state.view;
    if (scene !== "live") commands.openScene("live");
    else if (details.map) changeDetails(store, { map: "", row: "", column: "" });
    else commands.chooseFilter(null);
  },
};

const giveEarlyClicks = keepEarlyClicks();
listenToOpeners();
mountStage(store, fitAroundFacts);
mountHolding(store);
mountPager(store, commands);
mountLayerRail(store, commands);
mountLegend(store);
mountFolding();
mountHeadline(store, commands);
mountActions(store, commands);
mountAfterwards(store, commands);
mountLeaving(store, commands);
mountOrigins(store, commands);
mountPresets(store, commands);
mountObjective(store);
mountRuns(store, commands);
mountFacts(store, commands);
mountChoices(store, commands);
mountProblem(store);
mountScrubber(store, commands);
mountDock(store, commands);
mountHints();
mountMenus(store);
mountScenes(store, commands);
listenToKeys(store, commands);
listenToPointer(store, commands);
mountGuides(store, commands);
keepLink(store, go);
let isOpening = false;
/** @type {() => void} */
let tellShown = () => {};
addLater(new Promise((resolve) => (tellShown = () => requestAnimationFrame(() => setTimeout(resolve)))));

/** @param {import("./net/address.js").Place} place */
async function go({ run, step, layer, filter, mode, scale, scene, details, tour, follow, choice }) {
  commands.openScene(scene, details);
  store.dispatch({ type: "mode_chosen", mode });
  store.dispatch({ type: "scale_chosen", scale });
  store.dispatch({ type: "guided", tour, follow });
  if (run === null) {
    session.leave();
    session.chooseLinked(choice);
  } else if (run !== store.state.run?.id) await openRun(run);
  if (layer !== null) session.chooseLayer(layer);
  commands.chooseFilter(filter);
  if (step !== null) commands.lookAt(step);
}

/** Meanwhile nobody asks for the filters of another experiment. @param {string} run */
async function openRun(run) {
  isOpening = true;
  await session.openRun(run);
  isOpening = false;
}

async function loadPresets() {
  try {
    const { presets } = await api.presets();
    const known = presets.some(
      (/** @type {{name: string}} */ { name }) => name === store.state.choice.preset,
    );
    if (!known && presets.length) store.dispatch({ type: "chosen", choice: { preset: presets[0].name } });
    store.dispatch({ type: "presets_loaded", presets });
    if (!store.state.run && !isOpening) session.preview();
  } catch (error) {
    store.dispatch({ type: "request_failed", message: /** @type {Error} */ (error).message });
    setTimeout(loadPresets, OTHER_RUNS_MILLISECONDS);
  }
}

/** What doesn't hold up the filters. @param {Promise<void>} shown  when these are painted */
async function addLater(shown) {
  const { mountLater } = await import("./later.js");
  mountLater(store, commands, shown);
  giveEarlyClicks();
}

/** Runs that other windows began or that wait their turn. */
function watchOtherRuns() {
  const others = store.state.runs.some(
    (run) => run.id !== store.state.run?.id && LIVE_STATUSES.has(run.status),
  );
  if (!document.hidden && (others || store.state.run?.status === "queued")) session.loadRuns();
}

/** Shows the page once the filters stand in their places, or once it is clear that they won't. */
function settle() {
  leaveUnsettled();
  document.body.classList.add("settled");
  performance.mark("filters shown");
  tellShown();
  if (place.run === null && !isLive(store.state)) byId("main-button").focus({ preventScroll: true });
}

/** A layer that nobody has sent yet has no filters to wait for. @param {import("./types.js").State} state */
const hasStage = (state) =>
  state.view.scene === "build" || currentFrame(state) !== null || (isDeep(state) && state.deep !== null);

const place = readPlace(location);
const leaveUnsettled = store.subscribe((state) => {
  const found = state.run !== null || place.run === null;
  if (state.missing || state.problem || (found && state.presets && hasStage(state))) settle();
});
begin();

/** Not awaited here: a part that was joined with this module would not run before it has ended. */
async function begin() {
  await Promise.all([loadPresets(), session.loadRuns(), go(place)]);
  setInterval(watchOtherRuns, OTHER_RUNS_MILLISECONDS);
  addEventListener("focus", () => session.loadRuns());
}
