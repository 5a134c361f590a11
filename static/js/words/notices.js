// @ts-check
// The line under the headline where it isn't about filters: what is the matter, and what happens next.

import { isExpanded } from "../state/pictures.js";
import { currentFrame } from "../state/selectors.js";
import { isFromElsewhere } from "../state/watched.js";
import { capital } from "./numbers.js";
import { stepNamed } from "./steps.js";

/**
 * @typedef {import("../types.js").State} State
 * @typedef {{tone: "" | "accent" | "warn" | "danger", lead?: string, text: string,
 *   also?: {lead: string, text: string},
 *   action?: {words: string, command: "lookLive" | "reconnect"}, ways?: Way[]}} Under
 * @typedef {{scene?: string, step?: number, filter?: number, mode?: import("../types.js").View["mode"]}} Goal
 * @typedef {{words: string, to: Goal}} Way  somewhere to go, and what it is called
 */

/** @param {State} state @returns {Under} */
export function failed(state) {
  const error = state.run?.error;
  return {
    tone: "danger",
    lead: `The run broke at ${stepNamed(state.run, state.run?.step ?? 0)}.`,
    text: error?.message ?? "Its process ended without an error message.",
  };
}

/** @param {State} state @returns {Under} */
export function interrupted(state) {
  const changes = state.run?.recheck ?? [];
  return {
    tone: "danger",
    lead: `Interrupted at ${stepNamed(state.run, state.run?.step ?? 0)}.`,
    text: changes.length
      ? `This version may compute the last digits differently (${changes.join("; ")}). ` +
        "Go on from there all the same, and the run says so; or begin it anew."
      : "The server stopped while this run was training. Everything up to there is kept, and it can go on " +
        "from there.",
  };
}

/** @returns {Under} */
export function waitsForRoom() {
  return {
    tone: "warn",
    lead: "The disk is full.",
    text: "Nothing is lost: training goes on by itself as soon as there is room.",
  };
}

/** @param {State} state @returns {Under} */
export function stalled(state) {
  return {
    tone: "warn",
    lead: `Training stands still at ${stepNamed(state.run, state.run?.step ?? 0)}.`,
    text:
      "Its process gives no sign of life: it was stopped, or the machine has no time for it. It goes on by " +
      "itself if it can; Stop ends it and keeps everything up to here.",
  };
}

/** The newest alert, its first words apart. @param {State} state @returns {Under} */
export function alerted(state) {
  const { message, step } = state.alerts[state.alerts.length - 1];
  const end = message.indexOf(": ") + 1;
  const at = isFromElsewhere(state) ? `${capital(stepNamed(state.run, step))}: ` : "";
  return { tone: "warn", lead: at + message.slice(0, end), text: message.slice(end).trim() };
}

/** @param {State} state @param {number} now @returns {Under} */
export function lost(state, now) {
  const wait = Math.max(0, Math.ceil((state.connection.retryAt - now) / 1000));
  const going = state.run?.status === "running" ? " Training goes on." : "";
  return {
    tone: "warn",
    lead: `Connection lost at ${stepNamed(state.run, state.run?.step ?? 0)}.`,
    text: `${going} ${wait > 0 ? `Trying again in ${wait} s.` : "Trying again…"}`.trim(),
    action: { words: "Try now", command: "reconnect" },
  };
}

/** With why it comes in pieces, while it does. @param {State} state @param {Under} told @returns {Under} */
export function withDelay({ connection }, told) {
  if (connection.status !== "open" || !connection.isHeldBack) return told;
  const note =
    "Something between this browser and the server holds the stream back; asking every two seconds.";
  return { ...told, text: `${told.text} ${note}`.trim() };
}

/** @param {State} state @returns {Under} */
export function damaged(state) {
  return {
    tone: "danger",
    lead: `Damaged on the disk after ${stepNamed(state.run, state.run?.step ?? 0)}.`,
    text: "What follows can't be read any more. The command “salvage” makes a new folder of what is whole.",
  };
}

/** @param {State} state @returns {Under} */
export function lookingBack(state) {
  const verbNow = state.run?.status === "running" ? "Training goes on at" : "Training stands at";
  return {
    tone: "accent",
    lead: `You are looking at ${stepNamed(state.run, currentFrame(state)?.step ?? 0)}.`,
    text: `${verbNow} ${stepNamed(state.run, state.run?.step ?? 0)}.`,
    action: { words: "Back to live", command: "lookLive" },
  };
}

/** @param {State} state @returns {Under} */
export function deep(state) {
  if (state.deep?.failed)
    return { tone: "warn", lead: "Not available.", text: "The server could not send this layer." };
  if (isExpanded(state))
    return {
      tone: "accent",
      lead: "Roughly.",
      text:
        "Each adds up the filters before it, without ReLU and pooling. Open one for the pictures that " +
        "excite it most.",
    };
  return {
    tone: "accent",
    lead: "No evidence.",
    text:
      "Raw slices of a second layer look like noise, trained or not. Each tile shows how one filter " +
      "weighs the filters below it.",
  };
}

/** @returns {Under} */
export function missing() {
  return {
    tone: "warn",
    lead: "It was deleted, or the link is wrong.",
    text: "Choose an experiment and start a new run.",
  };
}

/** @param {string} text @returns {Under} */
export const plain = (text) => ({ tone: "", text });
