// @ts-check
// The link by which others watch, and its code; or why there is none.

import { linkTo } from "../net/address.js";
import { ROOT } from "../net/root.js";
import { teaching } from "../net/teaching.js";
import { byId, write } from "../views/elements.js";

/**
 * @param {import("../store.js").Store} store
 * @param {import("./leading.js").Leader} leader
 */
export function mountJoining(store, leader) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("join"));
  byId("present-join").onclick = async () => {
    const run = store.state.run?.id ?? null;
    const place = {
      run,
      step: null,
      layer: null,
      filter: null,
      mode: /** @type {const} */ ("weights"),
      scale: /** @type {const} */ ("shared"),
    };
    const path = linkTo({ ...place, scene: "live", details: {}, follow: true });
    const link = await teaching.join(path).catch((/** @type {Error} */ error) => ({
      url: null,
      sentence: error.message,
      send_token: null,
    }));
    show(link, leader.leads && leader.code ? `${ROOT}${leader.code}` : path);
    showShort(link.url, leader);
    dialog.showModal();
  };
}

/**
 * A phone that follows a lead gets the light page, by whatever it takes in.
 * @param {string | null} url
 * @param {import("./leading.js").Leader} leader
 */
function showShort(url, { leads, code }) {
  const short = byId("join-short");
  short.hidden = url === null || !leads || !code;
  if (url !== null) write(short, `On a phone: the code above, or type ${new URL(url).host}${ROOT}${code}`);
}

/**
 * @param {import("../net/answers.js").JoinLink} link
 * @param {string} path  where the code leads
 */
function show({ url, sentence, send_token }, path) {
  const [code, anchor] = [byId("join-code"), byId("join-link")];
  write(byId("join-title"), url === null ? "Only this computer can open the page" : "Watch along");
  code.hidden = anchor.hidden = url === null;
  write(byId("join-words"), sentence);
  showScripts(url, send_token ?? null);
  if (url === null) return;
  code.src = teaching.codeOf(path);
  anchor.href = url;
  write(anchor, url);
}

/**
 * The token that lets scripts send; folded, for the dialog may stand on a wall.
 * @param {string | null} url
 * @param {string | null} token
 */
function showScripts(url, token) {
  const details = /** @type {HTMLDetailsElement} */ (byId("join-scripts"));
  details.open = false;
  details.hidden = token === null;
  const server = url === null ? location.origin : new URL(url).origin;
  const variables = `export FILTERSCOPE_URL=${server}\nexport FILTERSCOPE_TOKEN=${token}`;
  write(byId("join-variables"), token === null ? "" : variables);
}
