/** A configuration as a card: context, mechanism and outcome side by side, with the words they rest on. */

import { button, count, h, type Child } from "../dom";
import type { ConfigurationRow, ElementRow, EvidenceRow, LinkRow } from "../wire";
import { AGAINST, type Role } from "./classes";
import type { ConfigurationsPanel } from "./configurations";
import { ARROWS, DIMMER, nameOf, profileSaid, propertiesOf, restsOn, SHORT, wordsOf } from "./words";

const COLUMNS: [title: string, roles: Role[]][] = [
  ["Context", ["context"]],
  ["Mechanism", ["resource", "reasoning"]],
  ["Outcome", ["outcome"]],
];
const REMARKS = ["relevance", "rigour", "richness"] as const;
const ASKED = { relevance: "what it bears on the theory", rigour: "how far what was said can be trusted", richness: "how much it explains" };

/** What stands in a card, small or in full. */
export function drawCard(panel: ConfigurationsPanel, row: ConfigurationRow, open: boolean): Child[] {
  return open ? [head(panel, row, true), ...full(panel, row)] : [head(panel, row, false), columns(panel, row, false), foot(panel, row)];
}

export function cardClass(row: ConfigurationRow): string {
  return row.state ? "p3c-card-past" : "";
}

// the head

function head(panel: ConfigurationsPanel, row: ConfigurationRow, open: boolean): HTMLElement {
  const mark = h("input", {
    type: "checkbox",
    class: "p3c-card-mark",
    tabindex: open ? "0" : "-1",
    title: "Mark it, to compare or merge (Space)",
    "aria-label": `Mark ${row.key}`,
    "data-name": "mark",
    onchange: (event: Event) => panel.list.mark(row.id, (event.target as HTMLInputElement).checked),
  });
  const title = row.label || (open ? "" : row.sentence);
  return h(
    "div",
    { class: "p3c-card-head" },
    mark,
    h("b", { class: "p3c-card-key" }, row.key),
    open
      ? panel.writing.text(row, "label", { class: "p3c-card-title", empty: "Give it a name …", label: `Name of ${row.key}` })
      : h("span", { class: `p3c-card-title${row.label ? "" : " p3c-quiet"}`, dir: "auto" }, title),
    h("span", { class: "p3c-card-badges" }, ...badges(panel, row, open)),
    open && button("⋯", (event: Event) => panel.deeds.menu(row, event.currentTarget as HTMLElement), { class: "p3c-button p3c-more-of", "aria-label": `What can be done with ${row.key}`, "data-name": "more" }),
  );
}

function badges(panel: ConfigurationsPanel, row: ConfigurationRow, open: boolean): Child[] {
  const { store } = panel;
  const whole = row.completeness === "triad";
  return [
    row.state && h("span", { class: "p3c-badge p3c-con-state" }, stateOf(panel, row)),
    !open && row.programme && h("span", { class: "p3c-badge", dir: "auto" }, store.programme(row.programme)),
    !open && row.mechanism && h("span", { class: "p3c-badge", dir: "auto", title: "Mechanism" }, `⚙ ${store.mechanism(row.mechanism)}`),
    !open && row.activation && h("span", { class: "p3c-badge", title: "Activation of the mechanism" }, `${DIMMER[row.activation] ?? ""} ${store.label("activation", row.activation)}`),
    h("span", { class: `p3c-badge p3c-con-class${whole ? " p3c-con-whole" : ""}`, title: "How complete it is; worked out from its elements" }, row.completeness_label),
    panel.strength && h("span", { class: "p3c-badge p3c-con-strength", title: row.profile.why }, row.profile.strength),
    row.profile.open > 0 && h("span", { class: "p3c-badge p3c-con-open" }, `${row.profile.open} against, open`),
    !open && row.faults.length > 0 && h("span", { class: "p3c-badge p3c-con-faulty", title: row.faults.map((each) => `${each.what}. ${each.do}`).join("\n") }, count(row.faults.length, "note")),
  ];
}

function stateOf(panel: ConfigurationsPanel, row: ConfigurationRow): string {
  const { configurations } = panel.store;
  if (row.state === "merged") return `merged into ${configurations.get(row.merged_into)?.key ?? "another"}`;
  if (row.state === "split") {
    const parts = [...configurations.values()].filter((each) => each.split_from === row.id).map((each) => each.key);
    return parts.length ? `split into ${parts.join(", ")}` : "split";
  }
  return "set aside";
}

// the columns

function columns(panel: ConfigurationsPanel, row: ConfigurationRow, open: boolean): HTMLElement {
  const further: Role[] = ["intervention", "actor"];
  const has = row.elements.some((each) => further.includes(each.role as Role));
  return h(
    "div",
    { class: "p3c-cmo" },
    ...COLUMNS.map(([title, roles]) =>
      h(
        "section",
        { class: `p3c-cmo-column p3c-role-${roles[0]}`, "aria-label": title },
        h("h4", {}, title),
        ...roles.flatMap((role) => ofRole(panel, row, role, open, roles.length > 1)),
      ),
    ),
    (has || open) &&
      h(
        "div",
        { class: `p3c-cmo-further${has ? "" : " p3c-cmo-none"}` },
        ...further.flatMap((role) => (open || row.elements.some((each) => each.role === role) ? [h("section", { class: `p3c-role-${role}`, "aria-label": SHORT[role]! }, h("h4", {}, SHORT[role]!), ...ofRole(panel, row, role, open, false))] : [])),
      ),
  );
}

function ofRole(panel: ConfigurationsPanel, row: ConfigurationRow, role: Role, open: boolean, named: boolean): Child[] {
  const mine = row.elements.filter((each) => each.role === role);
  const part = named && h("small", { class: "p3c-el-role" }, SHORT[role]!);
  if (!open) return mine.length ? mine.map((each, at) => h("div", { class: `p3c-el p3c-role-${role}` }, at === 0 && part, small(panel, row, each))) : [h("div", { class: `p3c-el p3c-el-none p3c-role-${role}` }, part, h("span", {}, "–"))];
  const add = button(`+ ${SHORT[role]!}`, () => panel.writing.addElement(row.id, role), {
    class: "p3c-button p3c-link p3c-el-add",
    "data-name": `add ${role}`,
    "data-add": role,
    disabled: !panel.writable || Boolean(row.state),
    title: panel.tip(`con-add-${role}`),
    "aria-label": `Add ${SHORT[role]!.toLowerCase()} to ${row.key}`,
  });
  return [...mine.map((each) => whole(panel, row, each, named)), h("div", { class: `p3c-el-new p3c-role-${role}`, "data-new": role }, add)];
}

function small(panel: ConfigurationsPanel, row: ConfigurationRow, element: ElementRow): HTMLElement {
  const { text, quoted } = wordsOf(element, row.evidence);
  const voices = row.evidence.filter((each) => each.element === element.id);
  const against = voices.filter((each) => AGAINST.has(each.role)).length;
  const tip = [...propertiesOf(element.role).map(([field, list]) => panel.store.label(list, element[field])), panel.model.code(element.code)?.label].filter(Boolean).join(", ");
  return h(
    "p",
    { class: "p3c-el-text", dir: "auto", title: tip || null },
    element.direction && h("b", { class: `p3c-con-${element.direction}` }, `${ARROWS[element.direction] ?? ""} `),
    quoted ? `“${text}”` : text || h("span", { class: "p3c-quiet" }, "not worded yet"),
    voices.length > 0 && h("small", { class: "p3c-el-voices" }, ` ❝${voices.length}`, against > 0 && h("b", { class: "p3c-con-against", title: `${against} of them against it` }, ` −${against}`)),
  );
}

function whole(panel: ConfigurationsPanel, row: ConfigurationRow, element: ElementRow, named: boolean): HTMLElement {
  const quotes = row.evidence.filter((each) => each.element === element.id);
  const still = !panel.writable || Boolean(row.state);
  return h(
    "div",
    { class: `p3c-el p3c-role-${element.role}`, "data-element": element.id },
    h(
      "div",
      { class: "p3c-el-head" },
      named && h("small", { class: "p3c-el-role" }, SHORT[element.role]!),
      panel.writing.text(element, "text", { class: "p3c-el-text", empty: "Say it in your words …", label: `${SHORT[element.role]} of ${row.key}`, card: row }),
      button("⋯", (event: Event) => panel.deeds.elementMenu(row, element, event.currentTarget as HTMLElement), { class: "p3c-button p3c-more-of", "aria-label": `What can be done with this ${SHORT[element.role]!.toLowerCase()}`, "data-name": `element ${element.id}` }),
    ),
    h("div", { class: "p3c-con-chips" }, ...chips(panel, row, element, still)),
    ...quotes.map((each) => quote(panel, row, each)),
  );
}

function chips(panel: ConfigurationsPanel, row: ConfigurationRow, element: ElementRow, still: boolean): Child[] {
  const code = panel.model.code(element.code);
  return [
    ...propertiesOf(element.role).map(([field, list, label]) => {
      const value = element[field];
      const needed = field === "direction";
      if (!value && (still || !needed)) return null;
      return button(value ? `${field === "direction" ? `${ARROWS[value] ?? ""} ` : ""}${panel.store.label(list, value)}` : `${label} …`, (event: Event) => panel.deeds.choose(row, element, field, list, label, event.currentTarget as HTMLElement), {
        class: `p3c-button p3c-con-chip${value ? "" : " p3c-con-lacks"}`,
        disabled: still,
        title: label,
        "aria-label": `${label}: ${value ? panel.store.label(list, value) : "not said"}`,
        "data-name": `${field} ${element.id}`,
      });
    }),
    code && button(code.label, () => void panel.deeds.chooseCode(row, element), { class: "p3c-button p3c-con-chip p3c-con-code", disabled: still, title: `Code: ${code.key}`, "aria-label": `Code: ${code.label}`, "data-name": `code ${element.id}` }),
  ];
}

// the words

/** A passage, with who says it and what it does; a click opens the text there. */
export function quote(panel: ConfigurationsPanel, row: ConfigurationRow, each: EvidenceRow): HTMLElement {
  const { store } = panel;
  const against = AGAINST.has(each.role);
  const facts = [
    [each.who || each.key, each.who && each.who !== each.key && each.key].filter(Boolean).join(", ") + (each.types.length ? ` (${each.types.join(", ")})` : ""),
    each.directness && store.label("directness", each.directness).toLowerCase(),
    each.elicited && store.label("elicited", each.elicited).toLowerCase(),
  ];
  return h(
    "figure",
    { class: `p3c-quote p3c-quote-${each.role}`, "data-evidence": each.id },
    h(
      "button",
      { type: "button", class: "p3c-quote-words", title: "Open the text here", "data-name": `quote ${each.id}`, onclick: () => panel.openText(each) },
      h("span", { dir: "auto" }, `“${each.quote}”`),
    ),
    h(
      "figcaption",
      {},
      (each.role !== "supports" || each.absent) && h("b", { class: against ? "p3c-con-against" : "" }, `${store.label("evidence_role", each.role).toLowerCase()}${each.absent ? ", said to be absent" : ""} · `),
      facts.filter(Boolean).join(" · "),
      each.remark && h("span", { class: "p3c-quote-remark", dir: "auto" }, each.remark),
      against &&
        (each.resolution
          ? h("span", { class: "p3c-quote-remark", dir: "auto" }, h("b", {}, "Decided: "), each.resolution)
          : button("Decide …", () => void panel.deeds.resolve(row, each), { class: "p3c-button p3c-link", disabled: !panel.writable, "data-name": `resolve ${each.id}` })),
    ),
    button("⋯", (event: Event) => panel.deeds.evidenceMenu(row, each, event.currentTarget as HTMLElement), { class: "p3c-button p3c-more-of", "aria-label": `What can be done with this passage of ${each.key}`, "data-name": `evidence ${each.id}` }),
  );
}

// the rest

function foot(panel: ConfigurationsPanel, row: ConfigurationRow): HTMLElement {
  const links = panel.store.linksOf(row.id);
  return h(
    "p",
    { class: "p3c-card-foot" },
    restsOn(row.profile),
    row.theory && h("span", { dir: "auto" }, ` · tests ${panel.store.theory(row.theory)}`),
    links.length > 0 && ` · ${count(links.length, "link")}`,
  );
}

function full(panel: ConfigurationsPanel, row: ConfigurationRow): Child[] {
  const { store, deeds } = panel;
  const still = !panel.writable || Boolean(row.state);
  const loose = row.evidence.filter((each) => !row.elements.some((element) => element.id === each.element));
  const said = (label: string, value: string, run: (at: HTMLElement) => unknown, name: string, tip: string) =>
    h(
      "span",
      { class: "p3c-con-fact" },
      h("small", {}, label),
      button(value || "choose …", (event: Event) => void run(event.currentTarget as HTMLElement), { class: `p3c-button p3c-con-chip${value ? "" : " p3c-con-lacks"}`, disabled: still, "data-name": name, title: tip, "aria-label": `${label}: ${value || "not said"}`, dir: "auto" }),
    );
  return [
    h(
      "div",
      { class: "p3c-card-body" },
      row.state && h("p", { class: "p3c-str-note" }, `It is kept for the record and counted nowhere: ${stateOf(panel, row)}. `, button("Take it up again", () => void deeds.takeUp(row), { disabled: !panel.writable, "data-name": "take up" })),
      row.sentence && h("p", { class: "p3c-card-sentence", dir: "auto", title: row.sentence.length > 300 ? row.sentence : null }, row.sentence),
      h(
        "div",
        { class: "p3c-con-facts" },
        said("Programme", store.programme(row.programme), (at) => deeds.programme(row, at), "programme", panel.tip("con-programme")),
        said("Theory", store.theory(row.theory), () => deeds.theory(row), "theory", panel.tip("con-theory")),
        said("Mechanism", store.mechanism(row.mechanism), () => deeds.mechanism(row), "mechanism", panel.tip("con-mechanism")),
        said("Activation", row.activation && `${DIMMER[row.activation] ?? ""} ${store.label("activation", row.activation)}`, (at) => deeds.activation(row, at), "activation", panel.tip("con-activation")),
        row.theory && button("Open the theory", () => panel.context.open("theories", row.theory), { class: "p3c-button p3c-link", "data-name": "open theory" }),
        row.mechanism && button("All with this mechanism", () => panel.sameMechanism(row.mechanism), { class: "p3c-button p3c-link", "data-name": "same mechanism", title: panel.tip("con-same") }),
      ),
    ),
    columns(panel, row, true),
    h(
      "div",
      { class: "p3c-card-body p3c-card-under" },
      h(
        "section",
        { "aria-label": "What it rests on" },
        h("h4", {}, "What it rests on"),
        ...profileSaid(row.profile, store).map((line) => h("p", {}, line)),
        panel.strength && h("p", {}, h("b", {}, row.profile.strength), `: ${row.profile.why}`),
        ...loose.map((each) => quote(panel, row, each)),
        h("p", {}, searched(panel, row), " ", button(searches(panel, row) ? "Look at them" : "Search", () => panel.context.open("negative", row.key), { class: "p3c-button p3c-link", "data-name": "negative", "aria-label": `Negative cases of ${row.key}` })),
        h("p", {}, button("Add a passage …", () => void deeds.addPassage(row), { class: "p3c-button p3c-link", disabled: still, "data-name": "passage", title: panel.tip("con-passage") })),
      ),
      h(
        "section",
        { "aria-label": "Remarks" },
        h("h4", {}, "Remarks on the evidence"),
        h(
          "dl",
          { class: "p3c-con-remarks" },
          ...REMARKS.flatMap((field) => [h("dt", { title: ASKED[field] }, field.charAt(0).toUpperCase() + field.slice(1)), h("dd", {}, panel.writing.text(row, field, { class: "p3c-con-remark", empty: `Say ${ASKED[field]} …`, label: `${field} of ${row.key}` }))]),
        ),
      ),
      h(
        "div",
        {},
        h("section", { "aria-label": "Links" }, h("h4", {}, "Links"), links(panel, row, still)),
        row.faults.length > 0 &&
          h(
            "section",
            { "aria-label": "Notes" },
            h("h4", {}, "To look at"),
            h("ul", { class: "p3c-con-faults" }, ...row.faults.map((each) => h("li", {}, sentence(each.what), each.do && h("span", { class: "p3c-quiet" }, ` ${each.do}`)))),
          ),
      ),
    ),
    h(
      "div",
      { class: "p3c-con-deeds", role: "toolbar", "aria-label": `What can be done with ${row.key}` },
      ...(row.state
        ? []
        : [panel.tool("con-split", "Split …"), panel.tool("con-merge", "Merge …"), panel.tool("con-nest", "Part of …"), panel.tool("con-chain", "Chain …"), panel.tool("con-aside", "Set aside …")]),
      panel.tool("con-remove", "Remove …"),
    ),
  ];
}

const searches = (panel: ConfigurationsPanel, row: ConfigurationRow): number => [...panel.store.searches.values()].filter((each) => each.configuration === row.id).length;

/** Whether negative cases were ever looked for. */
function searched(panel: ConfigurationsPanel, row: ConfigurationRow): string {
  const number = searches(panel, row);
  return number ? `Negative cases were searched for ${number === 1 ? "once" : number === 2 ? "twice" : `${number} times`}.` : "Negative cases were never searched for.";
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;

function links(panel: ConfigurationsPanel, row: ConfigurationRow, still: boolean): HTMLElement {
  const all = panel.store.linksOf(row.id);
  if (!all.length) return h("p", { class: "p3c-quiet" }, "It stands for itself: part of no larger one, and in no chain.");
  return h(
    "ul",
    { class: "p3c-con-links" },
    ...all.map((link) => {
      const [say, other] = relation(panel, row, link);
      const card = panel.store.configurations.get(other);
      const named = card ? nameOf(card) : "one that is gone";
      return h(
        "li",
        {},
        `${say} `,
        card ? button(named, () => panel.open(other), { class: "p3c-button p3c-link", dir: "auto", "data-name": `link ${link.id}` }) : named,
        link.reason && h("span", { class: "p3c-quiet", dir: "auto" }, ` ${link.reason}`),
        !link.counts && h("span", { class: "p3c-con-against" }, " It does not count: copies that were joined made a circle of it. Unlink it, or what stands in its way."),
        button("Unlink", () => void panel.deeds.unlink(link, named), { class: "p3c-button p3c-link p3c-con-unlink", disabled: !panel.writable || still, "data-name": `unlink ${link.id}`, "aria-label": `Unlink ${named}` }),
      );
    }),
  );
}

/** How a link reads from one of its ends, and the other end. */
function relation(panel: ConfigurationsPanel, row: ConfigurationRow, link: LinkRow): [string, string] {
  const from = link.configuration === row.id;
  if (link.relation === "part_of") return from ? ["Part of", link.other] : ["Has as a part", link.configuration];
  const words = (id: string) => {
    const found = panel.store.element(id);
    const text = found ? wordsOf(found.element, found.configuration.evidence).text : "";
    return text ? ` ‘${text.length > 60 ? `${text.slice(0, 58)}…` : text}’` : "";
  };
  return from ? [`Its outcome${words(link.outcome)} becomes a context of`, link.other] : [`Its context${words(link.context)} comes from`, link.configuration];
}
