// @ts-check
// What may come a moment after the first filters: the charts, and what is taken home. The page names
// these modules last and waits for none of them; on a slow line the filters stand there sooner.

import { mountCharts } from "./charts/charts.js";
import { mountAdded } from "./control/added.js";
import { mountDeepFrames } from "./control/deep_frames.js";
import { mountDropping } from "./control/dropping.js";
import { plotlyAtRest } from "./charts/plotly.js";
import { mountSpoken } from "./charts/spoken.js";
import { mountExpanding } from "./control/expanding.js";
import { mountFreshRuns } from "./control/fresh_runs.js";
import { mountRechecking } from "./control/rechecking.js";
import { mountHelp } from "./control/help.js";
import { mountThemeSwitch } from "./control/theme_switch.js";
import { loadThumbnails } from "./control/thumbnails.js";
import { mountExport } from "./export/export.js";
import { mountDeleted } from "./views/deleted.js";
import { byId } from "./views/elements.js";

/** @param {Element} element @returns {Promise<void>}  when some of it can be seen */
function inView(element) {
  return new Promise((resolve) => {
    const watching = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watching.disconnect();
      resolve();
    });
    watching.observe(element);
  });
}

/**
 * @param {import("./store.js").Store} store
 * @param {import("./types.js").Commands} commands
 * @param {Promise<void>} shown  when the filters are painted
 */
export function mountLater(store, commands, shown) {
  mountAdded(store);
  mountDeepFrames(store);
  mountRechecking(store);
  mountFreshRuns(store, commands);
  mountDropping(store, commands);
  mountCharts(store, commands);
  shown.then(() => import("./network/strip.js")).then(({ mountNetwork }) => mountNetwork(store, commands));
  mountSpoken(store);
  mountExport(store);
  mountExpanding(store);
  mountDeleted(store, commands);
  mountHelp(store);
  mountThemeSwitch();
  const leave = store.subscribe(({ presets }) => {
    if (!presets) return;
    leave();
    // Large, and not what one came for; on a phone the list stands in a menu that few open.
    shown
      .then(plotlyAtRest)
      .then(() => inView(byId("presets")))
      .then(() => loadThumbnails(presets));
  });
}
