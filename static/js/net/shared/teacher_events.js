// @ts-check
// Where the teacher looks, as the server sends it.

import { ALIVE } from "../../contract.js";
import { ROOT } from "../root.js";
import { SignsOfLife } from "./signs_of_life.js";

/** @typedef {{kind: "place" | "nobody" | "lost", text: string}} Told */

export class TeacherEvents {
  /** @param {(news: Told) => void} hear  `lost` is the last word */
  constructor(hear) {
    const lose = () => {
      this.close();
      hear({ kind: "lost", text: "" });
    };
    this.source = new EventSource(`${ROOT}api/teaching/events`);
    this.signs = new SignsOfLife(lose);
    this.source.onerror = lose;
    this.source.addEventListener(ALIVE, () => this.signs.come());
    for (const kind of /** @type {const} */ (["place", "nobody"])) {
      this.source.addEventListener(kind, ({ data }) => {
        this.signs.come();
        hear({ kind, text: data });
      });
    }
  }

  close() {
    this.signs.stop();
    this.source.close();
  }
}
