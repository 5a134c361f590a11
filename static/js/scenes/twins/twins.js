// @ts-check
// Two runs from one seed that differ in one thing, side by side on one timeline.

import { Twin } from "../../control/twin.js";
import { isPairLive, pairOf, shownFramesOf } from "../../state/pair.js";
import { LIVE_STATUSES } from "../../contract.js";
import { playhead } from "../../state/selectors.js";
import { isFromElsewhere } from "../../state/watched.js";
import { byId, make, write } from "../../views/elements.js";
import { stepNamed } from "../../words/steps.js";
import { mountTwinCharts } from "./charts.js";
import { createChoices } from "./choices.js";
import { Offers } from "./offers.js";
import { RULE, findings } from "./findings.js";
import { createStage, startTogether } from "./stage.js";
import { letChoose } from "./tiles.js";
import { titleOf, underOf } from "./words.js";

/** @typedef {import("../../types.js").State} State */

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const twin = new Twin(store, commands);
  const showChoices = createChoices(twin);
  const offers = new Offers(commands);
  const showStage = createStage();
  const root = byId("scene-twins");
  const again = byId("twins-again");
  const stop = byId("twins-stop");
  again.onclick = () => again.ariaDisabled !== "true" && twin.bothAgain();
  stop.onclick = () => twin.stop();
  for (const id of ["twin-a", "twin-b"]) letChoose(byId(id).querySelector(".montage"), commands);
  mountTwinCharts(store, commands);
  store.subscribe((state) => {
    if (state.view.scene !== "twins") return;
    const pair = pairOf(state);
    const live = pair !== null && isPairLive(pair);
    write(byId("twins-title"), titleOf(state, pair, startTogether(state)));
    write(byId("twins-under"), underOf(state, pair));
    again.hidden = !pair || live || isFromElsewhere(pair.a) || isFromElsewhere(pair.b);
    again.ariaDisabled = state.pending === null ? null : "true";
    stop.hidden = !live;
    root.classList.toggle("waiting", isAwaited(state));
    root.classList.toggle("paired", pair !== null);
    showChoices(state);
    offers.draw(state);
    showStage(state);
    showFindings(state);
  });
}

/** Whether the run that the link names is still to come, or its first frame. @param {State} state */
function isAwaited({ view, run, twin, frames }) {
  const named = view.details.with;
  if (named === undefined || named === run?.id || twin?.missing) return false;
  if (!run || !twin?.run) return true;
  return (
    !LIVE_STATUSES.has(run.status) &&
    !LIVE_STATUSES.has(twin.run.status) &&
    !(frames.length && twin.frames.length)
  );
}

/** @param {State} state */
function showFindings(state) {
  const pair = pairOf(state);
  const { a, b } = shownFramesOf(state);
  const root = byId("twins-differ");
  const told = pair && a && b ? findings(pair, a, b, state.view.filter) : [];
  write(byId("twins-step"), told.length ? `at ${stepNamed(state.run, playhead(state))}` : "");
  const key = JSON.stringify([told, pair !== null]);
  if (root.dataset.key === key) return;
  root.dataset.key = key;
  const paragraphs = told.map((words) =>
    make("p", {}, ...words.map((part) => (typeof part === "string" ? part : make("b", {}, part.b)))),
  );
  const note = told.length
    ? RULE
    : pair
      ? "Said as soon as both have begun."
      : "Said in words, once there are two.";
  root.replaceChildren(...paragraphs, make("p", { class: "quiet" }, note));
}
