// @ts-check
// The map as files: a picture, its numbers, or one page that needs no server.

import { messageOf } from "../../control/asking.js";
import { mapFile } from "../../net/sweeps.js";
import { make, write } from "../../views/elements.js";

/** @typedef {import("../../map/board.js").Board} Board */

const KEEP_MILLISECONDS = 60_000;

export class Taking {
  #isBusy = false;

  /** @param {Board} board @param {(words: string) => void} say  what went wrong */
  constructor(board, say) {
    this.board = board;
    this.say = say;
    const button = (/** @type {string} */ words, /** @type {() => Promise<void>} */ work) =>
      make("button", { class: "button plain", type: "button", onclick: () => this.#do(work) }, words);
    this.csv = make("a", { class: "button plain", download: "" }, "Numbers, CSV");
    this.npz = make("a", { class: "button plain", download: "" }, "Numbers, NPZ");
    this.status = make("span", { class: "quiet", role: "status" });
    this.root = make(
      "details",
      { class: "map-taking" },
      make("summary", { class: "button" }, "Take the map"),
      make(
        "div",
        { role: "group", "aria-label": "Files of the map" },
        button("Picture, PNG", () => this.#picture("png")),
        button("Picture, SVG", () => this.#picture("svg")),
        this.csv,
        this.npz,
        button("One page without a server, HTML", () => this.#page()),
        this.status,
      ),
    );
    this.root.onkeydown = (event) => {
      if (event.key !== "Escape" || !this.root.open) return;
      event.preventDefault();
      this.root.open = false;
      this.root.querySelector("summary")?.focus();
    };
  }

  /** @param {import("../../net/sweeps.js").Told} sweep */
  draw({ id }) {
    [this.csv.href, this.npz.href] = [mapFile(id, "csv"), mapFile(id, "npz")];
  }

  /** @param {() => Promise<void>} work */
  async #do(work) {
    if (this.#isBusy) return;
    this.#isBusy = true;
    write(this.status, "One moment …");
    try {
      await work();
      this.root.open = false;
    } catch (problem) {
      this.say(messageOf(problem));
    } finally {
      write(this.status, "");
      this.#isBusy = false;
    }
  }

  /** @param {"png" | "svg"} kind */
  async #picture(kind) {
    const [{ pictureOf }, { rasterOf }] = await Promise.all([import("./picture.js"), import("./raster.js")]);
    const vector = new Blob([pictureOf(this.board)], { type: "image/svg+xml" });
    this.#save(kind === "svg" ? vector : await rasterOf(vector), kind);
  }

  async #page() {
    const { offlineMap } = await import("./offline_map.js");
    this.#save(new Blob([await offlineMap(this.board)], { type: "text/html" }), "html");
  }

  /** @param {Blob} file @param {string} kind */
  #save(file, kind) {
    const name = this.board.shown?.sweep.name ?? "map";
    const download = `${name.replace(/[^\p{L}\p{N} ._×-]+/gu, "-").slice(0, 80)}.${kind}`;
    const href = URL.createObjectURL(file);
    make("a", { href, download }).click();
    setTimeout(() => URL.revokeObjectURL(href), KEEP_MILLISECONDS);
  }
}
