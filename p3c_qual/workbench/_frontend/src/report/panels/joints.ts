/** Joint displays: by domain, the numbers beside themes, quotes and configurations, what follows, and how they fit. */

import { Amiss, ask } from "../../dialog";
import { button, count, h, type Child } from "../../dom";
import { Combo, type Offer } from "../../summarise/combo";
import type { ConfigurationRow, JointRow, QuoteState, RealistState } from "../../wire";
import type { MeasuresPanel } from "./measures";
import { options, radios } from "./radios";
import { short } from "./words";

type Many = "themes" | "quotes" | "configurations";
const MANY: Record<Many, { one: string; word: string }> = {
  themes: { one: "Theme", word: "theme" },
  quotes: { one: "Quote", word: "quote" },
  configurations: { one: "Configuration", word: "configuration" },
};

export function drawJoints(panel: MeasuresPanel): HTMLElement {
  const { joints, domains, fits } = panel.shownState;
  if (joints.some((each) => each.quotes.length)) panel.quotes.look(panel.shownState, () => panel.refresh());
  const said = fits.map((fit) => `${joints.filter((each) => each.fit === fit.id).length} ${fit.label.toLowerCase()}`);
  const open = joints.filter((each) => !each.fit).length;
  const order = [...domains.map((each) => each.id), ...joints.map((each) => each.domain)];
  const rows = [...joints].sort((one, other) => order.indexOf(one.domain) - order.indexOf(other.domain));
  return h(
    "section",
    { "aria-label": "Joint displays" },
    h("div", { class: "p3c-pan-row" }, panel.toolOf("joint-new", "Numbers beside themes …", { disabled: panel.still }), joints.length > 0 && h("span", {}, `${count(joints.length, "row")}: ${[...said, open ? `${open} not judged yet` : ""].filter(Boolean).join(", ")}`)),
    h("p", { class: "p3c-quiet" }, "Whether numbers and words fit is your judgement. Where they do not, the row stands in the report with the rest."),
    ...rows.map((each) => joint(panel, each)),
  );
}

function joint(panel: MeasuresPanel, row: JointRow): HTMLElement {
  const { domains, fits } = panel.shownState;
  const label = domains.find((each) => each.id === row.domain)?.label ?? row.domain;
  const now = () => panel.shownState.joints.find((each) => each.id === row.id) ?? row;
  return h(
    "section",
    { class: `p3c-rp-card p3c-rp-fit-${row.fit || "none"}`, "data-joint": row.id, "aria-label": label },
    h(
      "div",
      { class: "p3c-pan-top" },
      h("h3", {}, label),
      !panel.still && button("×", () => void remove(panel, row, label), { class: "p3c-button p3c-rp-off", "data-name": `remove ${row.id}`, "aria-label": `Remove ${label}`, title: "Remove" }),
    ),
    h(
      "div",
      { class: "p3c-rp-joint" },
      h("div", {}, h("span", { class: "p3c-pan-tag" }, "Numbers"), h("p", { class: "p3c-pan-pre" }, row.numbers || "no figures yet"), measured(panel, row)),
      h("div", {}, h("span", { class: "p3c-pan-tag" }, "Themes and quotes"), chips(panel, row, "themes"), chips(panel, row, "quotes")),
      h("div", {}, h("span", { class: "p3c-pan-tag" }, "Configurations"), chips(panel, row, "configurations")),
      h(
        "div",
        {},
        panel.written(
          `${row.id} inference`,
          row.inference,
          { label: "What follows", empty: "What the two say together" },
          { now: () => now().inference, verb: "edit_joint", args: (text, was) => ({ joint: row.id, fields: { inference: text }, was: { inference: was } }) },
        ),
      ),
    ),
    h(
      "div",
      { class: "p3c-rp-under" },
      radios(`${row.id} fit`, "They fit", row.fit, options(fits), { still: panel.still, empty: true, seen: true }, (fit) => void panel.change(`${row.id} fit`, "edit_joint", { joint: row.id, fields: { fit } }, () => ({ fit: now().fit }))),
    ),
    panel.refusal(`${row.id} fit`) ?? panel.refusal(`${row.id} scale`),
  );
}

/** Which instrument and scale the numbers are of. */
function measured(panel: MeasuresPanel, row: JointRow): Child {
  const taken = panel.shownState.instruments.filter((each) => each.taken);
  if (!taken.length) return null;
  const here = `${row.instrument} ${row.scale}`;
  const now = () => {
    const found = panel.shownState.joints.find((each) => each.id === row.id) ?? row;
    return { instrument: found.instrument, scale: found.scale };
  };
  return h(
    "select",
    {
      "aria-label": "Measured by",
      "data-name": `${row.id} scale`,
      disabled: panel.still,
      onchange: (event: Event) => {
        const [instrument = "", scale = ""] = (event.target as HTMLSelectElement).value.split(" ");
        void panel.change(`${row.id} scale`, "edit_joint", { joint: row.id, fields: { instrument, scale } }, now);
      },
    },
    h("option", { value: " " }, "measured by nothing"),
    ...taken.map((each) => h("optgroup", { label: each.label }, h("option", { value: `${each.key} `, selected: `${each.key} ` === here }, "all its scales"), ...each.scales.map((scale) => h("option", { value: `${each.key} ${scale.id}`, selected: `${each.key} ${scale.id}` === here }, scale.label)))),
  );
}

function chips(panel: MeasuresPanel, row: JointRow, field: Many): HTMLElement {
  const { context } = panel;
  const open: Record<Many, (key: string) => void> = {
    themes: () => context.open("write"),
    quotes: (key) => context.open("quotes", key),
    configurations: (key) => context.openCard(key),
  };
  const put = (keys: string[]) => void panel.try("edit_joint", { joint: row.id, [field]: keys });
  return h(
    "div",
    { class: "p3c-rp-chips", role: "group", "aria-label": `${MANY[field].one}s` },
    ...row[field].map((key) =>
      h(
        "span",
        { class: "p3c-rp-chip" },
        field === "themes" ? h("span", { dir: "auto" }, themeOf(panel, key)) : button((field === "quotes" && panel.quotes.who(key)) || key, () => open[field](key), { title: field === "quotes" ? panel.quotes.said(key) : null, class: "p3c-button p3c-link", "data-name": `${row.id} ${field} ${key}` }),
        !panel.still && button("×", () => put(row[field].filter((each) => each !== key)), { class: "p3c-button p3c-rp-off", "data-name": `${row.id} off ${key}`, "aria-label": `Take ${MANY[field].word} ${key} out` }),
      ),
    ),
    !panel.still && button(`+ ${MANY[field].word}`, () => void add(panel, row, field), { class: "p3c-button p3c-link p3c-rp-add", "data-name": `${row.id} add ${field}` }),
  );
}

const themeOf = (panel: MeasuresPanel, key: string): string => panel.context.model.study.codes.find((each) => each.key === key || key.endsWith(`:${each.key}`) || each.id === key)?.label ?? key;

async function add(panel: MeasuresPanel, row: JointRow, field: Many): Promise<void> {
  if (!(await panel.context.known())) return;
  const offers = (await offersOf(panel, field).catch((error) => (panel.context.bench.fault(error), null)))?.filter((each) => !row[field].includes(each.id));
  if (!offers) return;
  if (!offers.length) return panel.context.say(`There is no further ${MANY[field].word} to add.`);
  const combo = new Combo(offers, { label: MANY[field].one });
  const asked = ask(panel.context.bench.root, { title: `A ${MANY[field].word} beside the numbers`, wide: true, after: [combo.element], ok: "Add it" }, async () => {
    if (!combo.chosen) throw new Amiss(`Choose a ${MANY[field].word}.`, combo.input);
    await panel.do("edit_joint", { joint: row.id, [field]: [...row[field], combo.chosen.id] });
  });
  combo.input.focus();
  await asked;
}

async function offersOf(panel: MeasuresPanel, field: Many): Promise<Offer[]> {
  const { model, store } = panel.context;
  if (field === "themes") {
    const books = new Map(model.study.codebooks.map((each) => [each.id, each.key]));
    return model.study.codes.map((each) => ({ id: `${books.get(each.codebook) ?? each.codebook}:${each.key}`, label: each.label, detail: each.key }));
  }
  if (field === "quotes") {
    const state = await store.get<QuoteState>("quotes");
    return state.quotes.map((each) => ({ id: each.key, label: `${each.reference || each.who}  ${short(each.printed, 90)}`, detail: each.who }));
  }
  const state = await model.server.get<RealistState>("realist", { study: model.path, others: model.others });
  const about = panel.context.about.kind === "programme" ? panel.context.about.id : "";
  return state.configurations
    .filter((each: ConfigurationRow) => !each.state)
    .sort((one, other) => Number(Boolean(about) && one.programme !== about) - Number(Boolean(about) && other.programme !== about))
    .map((each) => ({ id: each.key, label: `${each.key}  ${each.label || each.sentence}`, detail: each.sentence }));
}

export async function newJoint(panel: MeasuresPanel): Promise<void> {
  if (!(await panel.context.known())) return;
  const { domains, instruments } = panel.shownState;
  const scales = instruments.filter((each) => each.taken).flatMap((each) => [{ value: `${each.key} `, label: `${each.label}: all its scales` }, ...each.scales.map((scale) => ({ value: `${each.key} ${scale.id}`, label: `${each.label}: ${scale.label}` }))]);
  let made = "";
  await ask(
    panel.context.bench.root,
    {
      title: "Numbers beside themes",
      fields: [
        { name: "domain", label: "Domain", ...(domains.length ? { options: options(domains) } : {}), required: true },
        { name: "measure", label: "Measured by", options: [{ value: " ", label: "nothing yet" }, ...scales] },
        { name: "inference", label: "What follows", lines: 3, help: "It can be written later, beside the numbers and the themes." },
      ],
      ok: "Begin the row",
    },
    async ({ domain, measure, inference }) => {
      const [instrument = "", scale = ""] = (measure ?? "").split(" ");
      made = await panel.do<string>("write_joint", { domain, instrument, scale, inference, ...panel.about });
    },
  );
  if (!made) return;
  await panel.fresh();
  panel.refresh();
  panel.go(made);
}

async function remove(panel: MeasuresPanel, row: JointRow, label: string): Promise<void> {
  if (!(await panel.context.known())) return;
  const against = row.fit === "discordance";
  await ask(
    panel.context.bench.root,
    { title: `Remove ‘${label}’`, text: [against && h("p", { class: "p3c-pan-fault" }, "Numbers and words disagree here. A row is not left out for that: it is what a reader should know."), h("p", {}, "Undo brings it back.")], ok: "Remove" },
    async () => void (await panel.do("remove_joint", { joint: row.id })),
  );
}
