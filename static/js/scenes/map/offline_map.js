// @ts-check
// A map as one file that opens from a disk: the page's own modules and styles, and the map at some moments.

import { fetched, importMap, moduleGraph } from "./modules_inside.js";
import { ROOT } from "../../net/root.js";
import { sweeps } from "../../net/sweeps.js";
import { totalOf } from "../../map/reading.js";
import { momentAt } from "../../map/moments.js";

/** @typedef {import("../../net/sweeps.js").Told} Told */

const STYLES = [
  "colours",
  "tokens",
  "base",
  "buttons",
  "controls",
  "scrubber",
  "scenes/map",
  "scenes/map_parts",
];
const ENTRY = "offline/map.js";
/** Over a disk a module is loaded by its name in the import map alone. */
const BEGIN = `import(${JSON.stringify(`filterscope/${ENTRY}`)})`;
/** Of a film of five hundred frames so many are taken along, by the share of the axis. */
const MOST_MOMENTS = 13;
const MOST_BYTES = 6_000_000;

/** @param {import("../../map/board.js").Board} board @returns {Promise<string>} */
export async function offlineMap(board) {
  const sweep = /** @type {Told} */ (/** @type {NonNullable<typeof board.shown>} */ (board.shown).sweep);
  const root = new URL(`${ROOT}static/`, location.href);
  const [modules, moments, ...styles] = await Promise.all([
    moduleGraph(new URL("js/", root), ENTRY),
    momentsOf(sweep),
    ...STYLES.map((name) => fetched(new URL(`css/${name}.css`, root))),
  ]);
  const { details } = /** @type {NonNullable<typeof board.shown>} */ (board.shown);
  return page(sweep.name, styles.join("\n"), importMap(modules), { sweep, details, moments });
}

/**
 * The map at places along its scrubber, evenly; fewer where the filters of one weigh much.
 * @param {Told} sweep
 * @returns {Promise<{moment: number | null, told: import("../../net/sweeps.js").Strips}[]>}
 */
async function momentsOf(sweep) {
  const total = totalOf(sweep);
  const filters = sweep.cell_count <= 49 ? 5 : 1;
  const last = await sweeps.strips(sweep.id, "share=1", filters);
  const count = Math.max(2, Math.min(MOST_MOMENTS, Math.floor(MOST_BYTES / JSON.stringify(last).length)));
  const moments = [];
  for (let place = 0; place < count - 1; place++) {
    const moment = Number(momentAt(place / (count - 1), total));
    const query = total === null ? `share=${moment}` : `step=${moment}`;
    moments.push({ moment, told: await sweeps.strips(sweep.id, query, filters) });
  }
  return [...moments, { moment: null, told: last }];
}

/**
 * @param {string} title
 * @param {string} styles
 * @param {string} modules
 * @param {object} data
 */
function page(title, styles, modules, data) {
  const policy =
    "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data:";
  const icons = document.querySelector("svg.icons")?.outerHTML ?? "";
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<title>${escaped(title)}: Filterscope</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<style>\n${styles}\n</style>\n<script type="importmap">${inScript(modules)}</script>\n</head>`,
    `<body class="map-saved settled" data-scene="map">\n${icons}`,
    '<main class="scene-map"><div class="map-board" id="map-board"></div></main>',
    "<noscript><p>This page needs JavaScript. It asks no network for anything.</p></noscript>",
    `<script type="application/json" id="data">${inScript(JSON.stringify(data))}</script>`,
    `<script type="module">${BEGIN}</script>\n</body>\n</html>\n`,
  ].join("\n");
}

/** JSON that can't end the script it stands in. @param {string} text */
const inScript = (text) => text.replaceAll("<", "\\u003c");

/** @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
