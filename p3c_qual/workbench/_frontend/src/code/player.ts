/** A recording that lies beside its transcript, played from the time of a turn. */

import { fill, h } from "../dom";
import type { Model } from "../model";

export class Player {
  readonly element = h("div", { class: "p3c-player", hidden: true });
  #source = "";

  constructor(private readonly model: Model) {}

  /** Play from the turn a position is in, or stop; returns what to say where that cannot be. */
  play(position: number): string {
    const { source } = this.model;
    if (!source?.recording)
      return "There is no recording beside this source. Put it into data_raw, under the transcript’s name.";
    const sound = this.element.querySelector("audio");
    if (sound && !sound.paused && this.#source === source.id) {
      sound.pause();
      return "";
    }
    const { turns } = source;
    let at = -1;
    for (let i = 0; i < turns.start.length && turns.start[i]! <= position; i++)
      if (turns.time[i] !== null) at = i;
    const made = this.#source === source.id && sound ? sound : this.#make();
    if (at >= 0) made.currentTime = turns.time[at]! / 1000;
    void made.play().catch(() => undefined);
    return at < 0 ? "No turn before this carries a time; the recording plays from its beginning." : "";
  }

  #make(): HTMLAudioElement {
    const { source, server, path } = this.model;
    this.#source = source!.id;
    const address = server.address(`recording/${source!.id}`, {
      study: path,
      token: server.site.token || undefined,
    });
    const made = h("audio", { controls: true, preload: "metadata", src: address });
    fill(this.element, made);
    this.element.hidden = false;
    return made;
  }

  dispose(): void {
    this.element.querySelector("audio")?.pause();
  }
}
