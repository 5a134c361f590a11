// @ts-check
// Where the teacher looks, and what is asked of the class, as the server sends it.

import { ROOT } from "../root.js";
import { ServerEvents } from "./server_events.js";

/** @typedef {{kind: string, text: string}} Told  `lost` is the last word */

const OF_THE_PAGE = ["place", "nobody"];
const OF_A_LIGHT_PAGE = [...OF_THE_PAGE, "run", "snapshot", "poll", "drawings"];

export class TeacherEvents extends ServerEvents {
  /**
   * @param {(news: Told) => void} hear  what has changed
   * @param {boolean} [isLight]  the page reads no run by itself and is told what is seen
   * @param {(isHeldBack: boolean) => void} [onOpen]
   */
  constructor(hear, isLight = false, onOpen = () => {}) {
    /** @type {Map<string, string>} */
    const told = new Map();
    const address = () => `${ROOT}api/teaching/events?filters=${Number(isLight)}`;
    super(address, isLight ? OF_A_LIGHT_PAGE : OF_THE_PAGE, {
      onOpen,
      onLost: () => hear({ kind: "lost", text: "" }),
      onEvent(kind, _seq, text) {
        const about = kind === "nobody" ? "place" : kind;
        if (told.get(about) === kind + text) return; // asked again and again, it says all there is
        told.set(about, kind + text);
        hear({ kind, text });
      },
    });
  }

  /** Whoever follows is told; the next connection tells where the teacher looks by then. */
  fallSilent() {
    this.lose();
  }
}
