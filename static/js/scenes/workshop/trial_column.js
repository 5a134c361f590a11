// @ts-check
// The column beside the bank: which network, the button, the rows, and the sentence they lead to.

import { byId, make, setIcon, write } from "../../views/elements.js";
import { shortTime } from "../../words/numbers.js";
import { answersOf, drawRows } from "./trial_rows.js";
import { captionOf, doubtOf, trainWords, verdictOf } from "./trial_words.js";

/**
 * @typedef {import("./trial_ways.js").Way} Way
 * @typedef {import("./trial_rows.js").Row} Row
 */

const EMPTY = "Your bank is empty. Begin with a filter, or fill it with Gabors.";
const WATCHING = "You watch here; whoever leads can train.";

/** In the order of the rows. @type {Way[]} */
const WAYS = ["learned", "frozen", "free", "random"];

export class TrialColumn {
  /** @param {import("./trial.js").BankTrial} trial */
  constructor(trial) {
    this.trial = trial;
  }

  draw() {
    this.#drawNetworks();
    this.#drawMisfit();
    this.#drawButton();
    this.#drawRows();
  }

  #drawNetworks() {
    const { networks, own } = this.trial.plan;
    const select = byId("trial-network");
    const titles = networks.all.map(({ value, title }) => `${value} ${title}`).join("\n");
    if (select.dataset.titles !== titles)
      select.replaceChildren(
        ...networks.all.map(({ value, title }) => make("option", { value, textContent: title })),
      );
    select.dataset.titles = titles;
    if (networks.chosen) select.value = networks.chosen.value;
    write(byId("trial-layer"), networks.layerWords);
    for (const input of byId("trial-learn").querySelectorAll("input")) input.checked = input.value === own;
  }

  #drawMisfit() {
    const { misfit } = this.trial.plan.networks;
    const notice = byId("trial-misfit");
    notice.hidden = !misfit;
    if (!misfit) return;
    write(notice.firstElementChild, misfit.sentence);
    const words = misfit.mends.map((mend) => mend.words).join("\n");
    const row = notice.lastElementChild;
    if (row.dataset.words !== words)
      row.replaceChildren(
        ...misfit.mends.map((_, at) =>
          make("button", { class: at ? "button" : "button filled", type: "button" }),
        ),
      );
    row.dataset.words = words;
    misfit.mends.forEach((mend, at) => {
      write(row.children[at], mend.words);
      row.children[at].onclick = mend.act;
    });
  }

  #drawButton() {
    const { trial } = this;
    const { bank, busy } = trial;
    const { isTraining, missing, expected } = trial.plan;
    const button = byId("trial-train");
    const [icon, words, time] = button.children;
    const plan = {
      filled: bank.filled,
      count: bank.shape[3],
      missing: missing.own + missing.others,
      seeds: missing.seeds,
      yours: missing.own > 0,
    };
    setIcon(icon, isTraining ? "icon-stop" : "icon-play");
    write(words, isTraining ? "Stop" : busy ? "Starting…" : trainWords(plan));
    write(time, isTraining || expected === null ? "" : shortTime(expected));
    button.classList.toggle("filled", !isTraining && !trial.plan.networks.misfit);
    button.ariaDisabled = !isTraining && trial.isBarred ? "true" : null;
    const watches = trial.store.state.access === "watch";
    write(byId("trial-said"), watches ? WATCHING : trial.said || (bank.filled ? "" : EMPTY));
  }

  #drawRows() {
    const { trial } = this;
    const { shown, networks, own, isTraining } = trial.plan;
    byId("trial-came").hidden = !shown.length;
    if (!shown.length || !networks.base) return;
    const ways = WAYS.filter(
      (way) => way === "learned" || way === "random" || way === own || trial.plan.runsOf(way).length,
    );
    const rows = ways.map((way) => this.#row(way));
    const guess = 1 / shown[0].classes;
    drawRows(byId("trial-rows"), rows, guess, (run) => trial.openRun(run));
    const step = Math.max(...shown.map((run) => run.total));
    write(byId("trial-caption"), captionOf({ step, guess, live: isTraining }));
    this.#drawVerdict(rows);
    write(byId("trial-doubt"), doubtOf(networks.base.dataset));
    const isPair = trial.plan.runsOf("learned").length && trial.plan.runsOf(own).length;
    byId("trial-twins").ariaDisabled = isPair ? null : "true";
  }

  /** @param {Way} way @returns {Row} */
  #row(way) {
    const { plan } = this.trial;
    const isOwn = way === "frozen" || way === "free";
    const runs = plan.runsOf(way);
    return { way, runs, aside: isOwn && runs.length && !plan.isCurrent ? "your last bank" : "" };
  }

  /** @param {Row[]} rows */
  #drawVerdict(rows) {
    const ended = rows.map(({ way, runs }) => [way, answersOf(runs.filter((run) => run.counts))]);
    const sentences = this.trial.plan.isTraining ? [] : verdictOf(Object.fromEntries(ended));
    const root = byId("trial-verdict");
    if (root.dataset.said === sentences.join("\n")) return;
    root.dataset.said = sentences.join("\n");
    root.replaceChildren(...sentences.map((sentence) => make("p", {}, sentence)));
  }
}
