// @ts-check
// The place that says how a program of one's own is watched, and turns to it once it calls.

import { changeDetails } from "../../control/details.js";
import { isMeant } from "../../control/letters.js";
import { ROOT } from "../../net/root.js";
import { teaching } from "../../net/teaching.js";
import { isWatched } from "../../state/watched.js";
import { sayDone } from "../../views/choices.js";
import { byId, make, onChoice, write } from "../../views/elements.js";
import { LINES, newLines } from "./lines.js";

/** Where the client looks by itself. */
const USUAL = ["http", "://127.0.0.1:8000"].join("");
const LOCAL_NAMES = ["127.0.0.1", "localhost", "[::1]"];
const WITH_NAME = " with this machine’s name in the network";
const HERE = new URL(ROOT, location.origin).href.replace(/\/$/, "");

/** @param {import("../../store.js").Store} store @param {import("../../types.js").Commands} commands */
export function mount(store, commands) {
  const toolOf = () => (store.state.view.details.tool in LINES ? store.state.view.details.tool : "torch");
  const isShown = () => store.state.view.scene === "own";
  const copy = () => copyLines(toolOf());
  onChoice("own-tool", (tool) => changeDetails(store, { tool: tool === "torch" ? "" : tool }));
  byId("own-copy").onclick = copy;
  document.addEventListener("keydown", (event) => {
    const isFree = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
    const isTyped = event.target instanceof Element && event.target.matches("input, select, textarea");
    if (isShown() && isFree && !isTyped && isMeant(event) && event.key.toLowerCase() === "c") copy();
  });
  write(byId("own-address"), `Listening at ${HERE}`);
  showElsewhere();
  showToken();
  const began = new Set(store.state.runs.map(({ id }) => id));
  store.subscribe((state) => {
    if (!isShown()) return;
    show(toolOf());
    const called = state.runs.find(
      (run) => isWatched({ run }) && run.status === "running" && !began.has(run.id),
    );
    for (const { id } of state.runs) began.add(id);
    if (!called) return;
    write(byId("own-called"), `${called.name} has called.`);
    commands.openRun(called.id).then(() => commands.openScene("live"));
  });
}

/** @param {string} tool */
function show(tool) {
  const root = byId("own-code");
  for (const radio of byId("own-tool").querySelectorAll("input")) radio.checked = radio.value === tool;
  if (root.dataset.tool === tool) return;
  root.dataset.tool = tool;
  const { code, about } = LINES[tool];
  root.replaceChildren(
    ...code.flatMap(([line, isNew]) => {
      const indent = line.match(/^ */)?.[0] ?? "";
      return [indent, isNew ? make("b", {}, line.trim()) : line.trimStart(), "\n"];
    }),
  );
  write(byId("own-about"), about);
}

/** @param {string} tool */
async function copyLines(tool) {
  const button = byId("own-copy");
  try {
    await navigator.clipboard.writeText(newLines(tool));
    sayDone(button, "Copied");
  } catch {
    sayDone(button, "Copy them above");
  }
}

/** Nothing need be said to a program on this machine that finds the server where it looks. */
function showElsewhere() {
  const code = (/** @type {string} */ text) => make("code", {}, text);
  const isLocal = LOCAL_NAMES.includes(location.hostname);
  byId("own-elsewhere").replaceChildren(
    HERE === USUAL ? "There set " : "Set ",
    code(`FILTERSCOPE_URL=${HERE}`),
    isLocal ? (HERE === USUAL ? WITH_NAME : `, on another machine${WITH_NAME},`) : "",
    " and ",
    code("FILTERSCOPE_TOKEN"),
    " to the token for sending, where tokens are asked for.",
  );
}

/** Whoever may do everything here is told the token that sends; folded, for a page may stand on a wall. */
async function showToken() {
  const link = await teaching.join("/").catch(() => null);
  const token = link?.send_token ?? null;
  byId("own-send").hidden = token === null;
  if (token === null) return;
  const server = link?.url ? withoutPlace(link.url) : HERE;
  write(byId("own-variables"), `export FILTERSCOPE_URL=${server}\nexport FILTERSCOPE_TOKEN=${token}`);
}

/** @param {string} url  of a page of this server, as others open it */
const withoutPlace = (url) => new URL(ROOT, url).href.replace(/\/$/, "");
