// @ts-check
// The link by which others watch, and its code; or why there is none.

import { linkTo } from "../net/address.js";
import { teaching } from "../net/teaching.js";
import { byId, write } from "../views/elements.js";

/** @param {import("../store.js").Store} store */
export function mountJoining(store) {
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
    const link = await teaching
      .join(path)
      .catch((/** @type {Error} */ error) => ({ url: null, sentence: error.message }));
    show(link, path);
    dialog.showModal();
  };
}

/** @param {{url: string | null, sentence: string}} link @param {string} path */
function show({ url, sentence }, path) {
  const [code, anchor] = [byId("join-code"), byId("join-link")];
  write(byId("join-title"), url === null ? "Only this computer can open the page" : "Watch along");
  code.hidden = anchor.hidden = url === null;
  write(byId("join-words"), sentence);
  if (url === null) return;
  code.src = teaching.codeOf(path);
  anchor.href = url;
  write(anchor, url);
}
