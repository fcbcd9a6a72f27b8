/** What the panel shows where there is no configuration yet. */

import { button, h } from "../dom";
import type { ConfigurationsPanel } from "./configurations";

/** Explain what a configuration is, and offer the ways to a first one. */
export function firstConfiguration(panel: ConfigurationsPanel): HTMLElement {
  const still = !panel.writable;
  return h(
    "div",
    { class: "p3c-sum-first p3c-keys" },
    h("h2", {}, "Begin with what somebody linked"),
    h(
      "p",
      {},
      "A configuration is one causal claim: in this context, a resource that is offered changes how people reason, and so this outcome comes about. Build it from the words in which somebody links the three, keep what speaks for and against it, and let it test a theory.",
    ),
    h(
      "ul",
      { class: "p3c-sum-techniques" },
      h("li", {}, button("Link words in the Code view", () => panel.context.bench.go("code"), { class: "p3c-button p3c-main", "data-name": "link words" }), h("span", {}, "Mark what is said of context, mechanism and outcome, and link it in one go.")),
      h("li", {}, button("New configuration …", () => void panel.deeds.create(), { disabled: still, "data-name": "new" }), h("span", {}, "Write the claim in your own words; the passages come later.")),
      h("li", {}, button("Write a theory", () => panel.context.open("theories"), { "data-name": "theory" }), h("span", {}, "If – then – because, before anything is coded; configurations test it.")),
    ),
  );
}
