// @ts-check
// How a class gets in, for the wall: a QR code, which a click makes as large as the screen, address and code.

import { ROOT } from "../net/root.js";
import { teaching } from "../net/teaching.js";
import { make, write } from "../views/elements.js";

export class JoinBlock {
  #code = "";

  constructor() {
    this.small = make("img", { alt: "", width: 96, height: 96 });
    this.button = make(
      "button",
      { class: "join-qr", type: "button", "aria-label": "Show the QR code on the whole screen" },
      this.small,
    );
    this.address = make("b");
    this.letters = make("span", { class: "join-letters" });
    const words = make("p", {}, "Join at ", this.address, this.letters);
    this.root = make("div", { class: "join-block", hidden: true }, this.button, words);
    this.large = make("img", { alt: "QR code of the address below" });
    this.under = make("p", { class: "join-letters" });
    this.whole = make("dialog", { class: "join-whole", "aria-label": "Join" }, this.large, this.under);
    this.button.onclick = () => this.whole.showModal();
    this.whole.onclick = () => this.whole.close();
  }

  /** Shows the way in, or nothing where nobody else can reach the server. @param {string} code */
  async show(code) {
    if (!code || code === this.#code) return;
    this.#code = code;
    const path = `${ROOT}${code}`;
    const { url } = await teaching.join(path).catch(() => ({ url: null }));
    this.root.hidden = url === null;
    if (url === null) return;
    const { host, pathname } = new URL(url);
    this.small.src = this.large.src = teaching.codeOf(path);
    write(this.address, host + pathname.slice(0, -code.length - 1));
    write(this.letters, code);
    write(this.under, host + pathname);
  }
}
