// @ts-check
// The claim and the line under it; told to screen readers at most once in five seconds.

import { headline, under } from "../words/headline.js";
import { isWatched } from "../state/watched.js";
import { byId, make, write } from "./elements.js";

const EYE_MILLISECONDS = 250;
const EAR_MILLISECONDS = 5000;

/**
 * What the line under the headline may offer; a run that lies in a file has no connection to lose.
 * @typedef {Pick<import("../types.js").Commands, "lookLive">
 *   & Partial<Pick<import("../types.js").Commands, "reconnect" | "go">>} Offered
 */

/**
 * @param {import("../store.js").Store} store
 * @param {Offered} commands
 */
export function mountHeadline(store, commands) {
  const line = byId("under");
  let shown = "";
  function show() {
    const { state } = store;
    const words = headline(state);
    write(byId("headline"), words);
    document.title = state.run || state.missing ? `${words} Filterscope` : "Filterscope";
    const told = under(state, performance.now());
    const key = JSON.stringify(told);
    if (key !== shown) fill(line, told, commands);
    shown = key;
  }
  store.subscribe(atMostEvery(EYE_MILLISECONDS, show));
  const ticks = () =>
    store.state.connection.status === "lost" || (isWatched(store.state) && isListening(store.state));
  setInterval(() => ticks() && show(), 500);
  const announcer = byId("announcer");
  store.subscribe(atMostEvery(EAR_MILLISECONDS, () => write(announcer, headline(store.state))));
}

/**
 * @param {HTMLElement} line
 * @param {import("../words/headline.js").Under} told
 * @param {Offered} commands
 */
function fill(line, told, commands) {
  const hadFocus = line.contains(document.activeElement);
  const focused = [...line.querySelectorAll("button")].findIndex(
    (button) => button === document.activeElement,
  );
  line.className = told.tone ? `under notice ${told.tone}` : "under";
  line.replaceChildren();
  if (told.lead) line.append(make("strong", {}, told.lead), " ");
  line.append(told.text);
  const { action, ways = [] } = told;
  const buttons = [
    ...(action ? [link(action.words, () => commands[action.command]?.())] : []),
    ...(commands.go ? ways.map(({ words, to }) => link(words, () => commands.go?.(to))) : []),
  ];
  if (told.also)
    line.append(make("span", { class: "also" }, make("strong", {}, told.also.lead), ` ${told.also.text}`));
  buttons.forEach((button, place) => line.append(place ? "\u00a0· " : " ", button));
  if (hadFocus) buttons[Math.max(0, focused)]?.focus();
}

/** Whether its program may be heard of at any moment. @param {import("../types.js").State} state */
const isListening = ({ run }) => run?.status === "running" || run?.status === "interrupted";

/** @param {string} words @param {() => void} onclick */
const link = (words, onclick) => make("button", { class: "link", type: "button", onclick }, words);

/**
 * Calls at once, then at most once in `milliseconds`, and always a last time.
 * @param {number} milliseconds
 * @param {() => void} call
 */
export function atMostEvery(milliseconds, call) {
  let last = -Infinity;
  let timer = 0;
  return () => {
    if (timer) return;
    const wait = last + milliseconds - performance.now();
    const go = () => {
      timer = 0;
      last = performance.now();
      call();
    };
    if (wait <= 0) go();
    else timer = window.setTimeout(go, wait);
  };
}
