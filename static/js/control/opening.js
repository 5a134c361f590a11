// @ts-check
// Sends what a program wrote into a file to the server, says how far that is, and shows the run.

import { MAGIC } from "../net/packets.js";
import { Recording } from "../net/recording.js";
import { sendRecording } from "../net/sending_recording.js";
import { byId, make } from "../views/elements.js";
import { OpeningWeights } from "./opening_weights.js";

/** @typedef {import("../net/uploading.js").Named} Named */

/**
 * What is to be done for these files, in order: recordings one by one, all others as one run.
 * @param {Named[]} files
 * @param {import("../types.js").Commands} commands
 * @returns {Promise<{name: string, run: () => Promise<void>}[]>}
 */
export async function opening(files, commands) {
  const areRecordings = await Promise.all(files.map(({ file }) => isRecording(file)));
  const recordings = files.filter((_, place) => areRecordings[place]).map(({ file }) => file);
  const weights = files.filter((_, place) => !areRecordings[place]);
  const told = (await inOrder(recordings)).map((file) => ({
    name: file.name,
    run: () => new Opening(file, commands).run(),
  }));
  if (!weights.length) return told;
  const name = weights.length === 1 ? weights[0].name : `These ${weights.length} files`;
  return [...told, { name, run: () => new OpeningWeights(weights, commands).run() }];
}

/** @param {File} file */
async function isRecording(file) {
  if (file.name.endsWith(".fscope")) return true; // what of it isn't as it should be is said by its reader
  try {
    return (await file.slice(0, MAGIC.length).text()) === MAGIC;
  } catch {
    return false; // why it can't be read is said when it is its turn
  }
}

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
