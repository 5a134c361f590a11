// @ts-check
// Choosing pictures, and sending them: a folder as a zip that is made on the way, an archive as it is.

import { ApiError } from "../../net/api.js";
import { sendPictures } from "../../net/sending_pictures.js";
import { NotPacked, storedZip } from "../../net/stored_zip.js";
import { byId, write } from "../../views/elements.js";
import { Preview } from "./preview.js";
import { chosenWords, howFarWords, nameFrom } from "./words.js";

/** @typedef {{title: string, files: {name: string, file: File}[], isFolder: boolean}} Chosen */

const SETTINGS = ["size", "channels", "fit", "background"];
const LARGEST_BYTES = 200e6;

export class Adding {
  /** @type {Chosen | null} */
  #chosen = null;
  /** @type {AbortController | null} */
  #sending = null;

  /** @param {(added: import("../../net/answers.js").DatasetAnswer) => void} onAdded */
  constructor(onAdded) {
    this.onAdded = onAdded;
    this.preview = new Preview(byId("data-preview"));
    byId("data-choose-folder").onclick = () => byId("data-folder").click();
    byId("data-choose-file").onclick = () => byId("data-file").click();
    byId("data-folder").onchange = () => this.#choose([...byId("data-folder").files], true);
    byId("data-file").onchange = () => this.#choose([...byId("data-file").files], false);
    for (const name of SETTINGS) byId(`data-${name}`).onchange = () => this.#dress();
    byId("data-cancel").onclick = () => this.#sending?.abort();
    byId("data-add").onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#send();
    };
    this.#mountDrop(byId("data-drop"));
  }

  /** @param {HTMLElement} place */
  #mountDrop(place) {
    place.ondragover = (event) => {
      event.preventDefault();
      event.stopPropagation();
      place.classList.add("over");
    };
    place.ondragleave = () => place.classList.remove("over");
    place.ondrop = (event) => {
      event.preventDefault();
      event.stopPropagation();
      place.classList.remove("over");
      this.#choose([...(event.dataTransfer?.files ?? [])], false);
    };
  }

  /** @param {File[]} files @param {boolean} isFolder */
  #choose(files, isFolder) {
    if (!files.length || this.#sending) return;
    const [first] = files;
    const title = isFolder ? first.webkitRelativePath.split("/")[0] : first.name;
    const named = (isFolder ? files : [first]).map((file) => ({
      name: file.webkitRelativePath || file.name,
      file,
    }));
    this.#chosen = { title, files: named, isFolder };
    const bytes = named.reduce((sum, { file }) => sum + file.size, 0);
    write(byId("data-chosen"), chosenWords(title, named.length, bytes));
    byId("data-name").value = nameFrom(title);
    byId("data-fields").hidden = false;
    byId("data-choose-folder").classList.remove("filled");
    this.#say(
      bytes > LARGEST_BYTES
        ? "That is more than the 200 MB that can be sent. The command data add takes any size."
        : "",
    );
    this.preview.show(isFolder ? named : []);
    this.#dress();
  }

  #wanted() {
    const values = SETTINGS.map((name) => [name, byId(`data-${name}`).querySelector("input:checked").value]);
    return Object.fromEntries(values);
  }

  #dress() {
    this.preview.dress(this.#wanted());
  }

  async #send() {
    if (!this.#chosen || this.#sending) return;
    const sending = (this.#sending = new AbortController());
    this.#say("");
    this.#show(true);
    try {
      const added = await this.#sent(this.#chosen, sending.signal);
      this.#chosen = null;
      byId("data-fields").hidden = true;
      byId("data-choose-folder").classList.add("filled");
      write(byId("data-chosen"), "Or drop a zip or an .npz here.");
      byId("data-folder").value = byId("data-file").value = "";
      this.onAdded(added);
    } catch (problem) {
      if (!(problem instanceof ApiError || problem instanceof NotPacked)) throw problem;
      this.#say(problem.message);
    } finally {
      this.#sending = null;
      this.#show(false);
    }
  }

  /** @param {Chosen} chosen @param {AbortSignal} signal */
  async #sent({ title, files, isFolder }, signal) {
    const tell = (/** @type {import("../../net/sending_pictures.js").HowFar} */ howFar) => {
      byId("data-progress").max = howFar.total || 1;
      byId("data-progress").value = howFar.done;
      write(byId("data-how-far"), howFarWords(howFar));
    };
    const content = isFolder
      ? await storedZip(files, (done) => tell({ phase: "packed", done, total: files.length }))
      : files[0].file;
    if (signal.aborted) throw new ApiError(0, { code: "cancelled", message: "Nothing was added." });
    const query = { name: byId("data-name").value, file: title, ...this.#wanted() };
    return sendPictures(query, content, tell, signal);
  }

  /** @param {boolean} isSending */
  #show(isSending) {
    byId("data-progress").hidden = byId("data-cancel").hidden = !isSending;
    byId("data-progress").removeAttribute("value");
    byId("data-send").setAttribute("aria-disabled", String(isSending));
    if (!isSending) write(byId("data-how-far"), "");
  }

  /** @param {string} problem */
  #say(problem) {
    byId("data-problem").hidden = problem === "";
    write(byId("data-problem"), problem);
  }
}
