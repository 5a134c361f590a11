// @ts-check
// The picture a scene is about, and the ways to another: examples to begin with, inks, strokes.

import { datasetOf } from "../state/known.js";
import { showCursor } from "./cursor.js";
import { drawExamples, drawInks } from "./examples.js";
import { oursFor } from "./ground.js";
import { Ink } from "./ink.js";
import { subjectOf } from "./subject.js";
import { TestSet } from "./test_set.js";

/** @typedef {import("../types.js").State} State */

export class PictureChoice {
  /** Null until it is here. @type {import("./subject.js").Subject | null} */
  subject = null;

  /**
   * @param {import("../store.js").Store} store
   * @param {{examples: HTMLElement, inks: HTMLElement}} places
   * @param {() => void} redraw
   */
  constructor(store, places, redraw) {
    this.testSet = new TestSet(redraw);
    this.ink = new Ink(store);
    this.places = places;
    this.redraw = redraw;
  }

  /** The test set's pictures to begin with. @param {State} state @param {string | null} [dataset] */
  examples(state, dataset = datasetOf(state)) {
    return dataset === null ? [] : this.testSet.examples(dataset);
  }

  /**
   * Finds the picture, and draws what there is to choose from.
   * @param {State} state
   * @param {import("./subject.js").Wanted} wanted
   * @param {(index: number) => void} choose
   */
  draw(state, wanted, choose) {
    this.subject = subjectOf(state, this.testSet, wanted);
    const dataset = wanted.fit ? oursFor(wanted.fit.channels) : wanted.dataset;
    const whose = wanted.fit ? "Our picture" : undefined;
    drawExamples(this.places.examples, this.examples(state, dataset), wanted.index, choose, whose);
    if (!this.subject) return;
    drawInks(this.places.inks, this.subject.shape, this.ink.chosen, (change) => {
      this.ink.choose(change);
      this.redraw();
    });
  }

  /**
   * What the pen draws on.
   * @param {HTMLElement} cursor  of the keyboard's pen
   * @param {HTMLElement} spoken
   * @param {() => boolean} [isOpen]  whether one may draw now
   * @returns {import("./pen.js").Paper}
   */
  paper(cursor, spoken, isOpen = () => true) {
    return {
      size: () => (this.subject && isOpen() ? [this.subject.shape[0], this.subject.shape[1]] : null),
      begin: () => this.ink.remember(),
      stroke: (from, to) => this.subject && this.ink.stroke(this.subject.shape, from, to),
      showCursor: (place, isDown) => showCursor(cursor, spoken, this.subject?.shape, place, isDown),
    };
  }
}
