// @ts-check
// Sends what a program wrote into a file to the server, says how far that is, and shows the run.

import { Recording } from "../net/recording.js";
import { sendRecording } from "../net/sending_recording.js";
import { byId, make } from "../views/elements.js";

/**
 * Files of a program that began again go in the order in which it did; what is no recording comes first.
 * @param {File[]} files
 */
export async function inOrder(files) {
  const began = await Promise.all(files.map(beganIn));
  return files
    .map((file, place) => ({ file, place, began: began[place] }))
    .sort((a, b) => a.began[0] - b.began[0] || a.began[1] - b.began[1] || a.place - b.place)
    .map(({ file }) => file);
}

/** @param {File} file */
async function beganIn(file) {
  try {
    const { fromStep, began } = await Recording.open(file);
    return [fromStep, began];
  } catch {
    return [0, 0]; // why it can't be read is said when it is its turn
  }
}

export class Opening {
  #bar = make("progress", { max: 1, value: 0, "aria-label": "Sent so far" });
  #run = "";
  #items = 0;

  /** @param {File} file @param {import("../types.js").Commands} commands */
  constructor(file, commands) {
    this.file = file;
    this.commands = commands;
    this.box = byId("opening");
  }

  /** Throws an Error that says why the file can't be opened. */
  async run() {
    const name = make("bdi", {}, this.file.name);
    this.#say(make("strong", {}, "Opening ", name, " "), this.#bar);
    try {
      const recording = await Recording.open(this.file);
      for await (const sent of sendRecording(recording)) this.#sent(sent);
      if (!this.#items) this.#show();
      if (recording.cut) this.#sayCut(recording.cut);
      else this.box.hidden = true;
    } catch (problem) {
      this.box.hidden = true;
      throw problem;
    }
  }

  /** @param {import("../net/sending_recording.js").Sent} sent */
  #sent({ run, items, end }) {
    const isFirst = items > 0 && !this.#items;
    this.#run = run;
    this.#items = items;
    this.#bar.value = end / this.file.size;
    if (isFirst) this.#show();
  }

  #show() {
    this.commands.openRun(this.#run).then(() => this.commands.openScene("live"));
  }

  /** @param {string} why */
  #sayCut(why) {
    const close = make("button", { class: "link", type: "button" }, "All right");
    close.onclick = () => (this.box.hidden = true);
    const name = make("bdi", {}, this.file.name);
    this.#say(make("strong", {}, name), ` isn’t whole: ${why}. What comes before that is there. `, close);
  }

  /** @param {...(Node | string)} children */
  #say(...children) {
    this.box.replaceChildren(...children);
    this.box.hidden = false;
  }
}
