// @ts-check
// Predict, then see: the teacher asks, phones answer, the run tells; or phones draw and the network names it.

import { isMeant } from "../control/letters.js";
import { byId, make, write } from "../views/elements.js";
import { howToAnswer, stillAnswering, toldAt } from "../words/polls.js";
import { Answers, Foot } from "./answers.js";
import { Desk } from "./desk.js";
import { Drawings } from "./drawings.js";
import { JoinBlock } from "./join_block.js";
import { topicsDialog } from "./topics.js";

/** @typedef {import("../net/lecture.js").Poll} Poll */

export class Lecture {
  #areHidden = true;
  /** Called whenever something changes. */
  onShown = () => {};

  /**
   * @param {import("../store.js").Store} store
   * @param {import("../types.js").Commands} commands
   * @param {import("./leading.js").Leader} leader
   */
  constructor(store, commands, leader) {
    this.store = store;
    this.commands = commands;
    this.leader = leader;
    this.answers = new Answers();
    this.foot = new Foot();
    this.join = new JoinBlock();
    this.under = make("p", { class: "present-under", hidden: true });
    const refused = (/** @type {unknown} */ error) => this.#complain(error);
    this.drawings = new Drawings(leader, refused);
    this.desk = new Desk(store, leader, { changed: () => this.show(), refused });
    this.topics = topicsDialog(
      (topic) => this.#ask(topic),
      () => this.desk.collect(true),
    );
    const properties = { class: "button", type: "button", hidden: true };
    this.button = make("button", properties, "Ask the class ", make("kbd", { class: "key" }, "Q"));
    this.button.onclick = () => this.topics.showModal();
    this.#place();
    document.addEventListener("keydown", (event) => this.#press(event), true);
    this.desk.follow();
  }

  /** Whether a question or drawings fill the presentation. */
  get isOn() {
    return this.desk.poll !== null || this.desk.drawings !== null;
  }

  /** Whether the class is still to guess what becomes of the filters. */
  get isGuessed() {
    return this.desk.poll !== null && this.desk.poll.result === null;
  }

  /** Whether the filters stand without a word: only their numbers where one of them is to be named. */
  get hidesCaptions() {
    return this.isGuessed && this.desk.poll?.kind !== "filter";
  }

  #place() {
    const scene = byId("scene-present");
    byId("present-lead").after(this.button);
    scene.querySelector(".present-head")?.after(this.under);
    scene.querySelector(".present-film")?.append(this.join.root);
    scene.querySelector(".present-stage")?.append(this.answers.root, this.drawings.root);
    scene.append(this.foot.root, this.topics, this.join.whole);
  }

  /** @param {import("../words/polls.js").PollTopic} topic */
  async #ask(topic) {
    const { frames } = this.store.state;
    this.#areHidden = true;
    if ((await this.desk.ask(topic)) && frames[0]) this.commands.lookAt(frames[0].step);
  }

  async #reveal() {
    if (!(await this.desk.reveal())) return;
    if (this.store.state.frames.length > 1) this.commands.replay();
    else this.commands.lookLive();
  }

  #hide() {
    this.#areHidden = !this.#areHidden;
    this.show();
  }

  /** @param {unknown} error */
  #complain(error) {
    const note = byId("present-note");
    note.hidden = false;
    note.classList.add("danger");
    write(note, error instanceof Error ? error.message : String(error));
  }

  /** Draws what holds now. */
  show() {
    const scene = byId("scene-present");
    const { poll, drawings } = this.desk;
    this.button.hidden = !this.leader.leads;
    if (this.leader.leads) this.join.show(this.leader.code);
    scene.classList.toggle("polling", poll !== null);
    scene.classList.toggle("numbered", poll?.kind === "filter");
    scene.classList.toggle("revealed", poll?.state === "revealed");
    scene.classList.toggle("collecting", poll === null && drawings !== null);
    document.body.classList.toggle("lecturing", this.isOn);
    this.under.hidden = this.foot.root.hidden = !this.isOn;
    this.drawings.hear(drawings);
    if (poll) this.#showPoll(poll);
    else if (drawings) this.#showDrawings(drawings);
    this.onShown();
  }

  /** @param {Poll} poll */
  #showPoll(poll) {
    const { result } = poll;
    const { followers, tally } = this.desk;
    write(byId("present-headline"), result?.sentence ?? poll.question);
    write(this.under, result ? toldAt(result, this.store.state.run) : howToAnswer(poll));
    this.answers.show(poll, tally, this.#areHidden && !result);
    if (result)
      this.foot.show(followers, "Their phones show their own answer beside it.", this.#afterwards());
    else this.foot.show(followers, stillAnswering(poll, followers), this.#meanwhile(poll));
  }

  /** @param {Poll} poll */
  #meanwhile(poll) {
    const hide = this.#areHidden ? "Show the answers" : "Hide the answers";
    const close = poll.state === "open" ? "Close the question" : "Take answers again";
    return [
      { words: hide, key: "H", act: () => this.#hide() },
      { words: close, act: () => void this.desk.turn() },
      { words: "Reveal", key: "Space", isMain: true, act: () => void this.#reveal() },
    ];
  }

  #afterwards() {
    return [
      { words: "Replay", act: () => this.commands.replay() },
      { words: "Ask another", key: "Q", act: () => this.topics.showModal() },
      { words: "Go on", key: "Space", isMain: true, act: () => void this.desk.end() },
    ];
  }

  /** @param {import("../net/lecture.js").Drawings} told */
  #showDrawings(told) {
    write(byId("present-headline"), "What does the network see in your drawings?");
    const taken = told.is_open ? "Draw on your phone." : "No more drawings are taken.";
    write(this.under, `${taken} A click takes one off the wall.`);
    const count = told.count === 1 ? "1 drawing" : `${told.count} drawings`;
    this.foot.show(this.desk.followers, count, [
      {
        words: told.is_open ? "Take no more" : "Take more",
        act: () => void this.desk.collect(!told.is_open),
      },
      { words: "Clear away and go on", key: "Space", isMain: true, act: () => void this.desk.end() },
    ]);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const isHere = this.store.state.view.scene === "present" && this.leader.leads;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && isMeant(event);
    if (!isHere || !isPlain || document.querySelector("dialog[open]") || belongsToElement(event)) return;
    const act = this.#keys()[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @returns {Record<string, () => void>} */
  #keys() {
    const ask = { q: () => this.topics.showModal() };
    if (!this.isOn) return ask;
    const end = () => void this.desk.end();
    if (!this.isGuessed) return { ...ask, Escape: end, " ": end };
    return { ...ask, Escape: end, h: () => this.#hide(), " ": () => void this.#reveal() };
  }
}

/** @param {KeyboardEvent} event */
function belongsToElement({ target, key }) {
  if (!(target instanceof Element)) return false;
  if (target.matches("select, textarea, input:not([type=radio])")) return true;
  return key === " " && target.matches("button:not(.tile), a, summary, [role=slider]");
}
