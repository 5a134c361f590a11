// @ts-check
// The offline page: the dashboard's own views on a run that lies in the file itself.

import { Player } from "../control/player.js";
import { reduce } from "../state/reduce.js";
import { createStore } from "../store.js";
import { mountLayers, mountSwitches } from "../views/choices.js";
import { byId, write } from "../views/elements.js";
import { mountFacts } from "../views/facts.js";
import { mountHeadline } from "../views/headline.js";
import { mountHints } from "../views/hints.js";
import { mountLegend } from "../views/legend.js";
import { mountScrubber } from "../views/scrubber.js";
import { mountStage } from "../views/stage.js";
import { mountAbout } from "./about.js";
import { mountCurves } from "./curves.js";
import { listenToKeys } from "./keys.js";
import { mountLarge } from "./large.js";
import { chooseLayer, mountHolds } from "./layers.js";
import { listenToPointer } from "./pointing.js";
import { savedState } from "./saved.js";

const saved = JSON.parse(byId("data").textContent);
const store = createStore(reduce, savedState(saved));
const player = new Player(store);
const commands = {
  replay: () => player.replay(),
  lookAt: (/** @type {number} */ step) => store.dispatch({ type: "looked_at", step }),
  lookLive: () => store.dispatch({ type: "looked_live" }),
  chooseFilter: (/** @type {number | null} */ filter) => store.dispatch({ type: "filter_chosen", filter }),
  openFilter: () => large.open(),
  chooseLayer: (/** @type {string} */ layer) => chooseLayer(store, saved, layer),
};
const large = mountLarge(store, commands);

// Nobody judges here what training added.
if (store.state.run) store.dispatch({ type: "added_failed", run: store.state.run.id });

mountStage(store);
mountLegend(store);
mountHeadline(store, commands);
mountFacts(store, commands);
mountScrubber(store, commands);
mountHints();
mountCurves(store, commands);
mountLayers(store, commands);
mountHolds(saved, store);
mountAbout(saved, store.state);
listenToPointer(store, commands);
listenToKeys(store, commands);

byId("replay-button").onclick = () => player.replay();
mountSwitches(store);
store.subscribe((state) =>
  write(byId("replay-button").querySelector("span"), state.view.replaying ? "Stop" : "Replay"),
);
