/** The mouse in the text: marking words, clicking codings, menus. */

import { openMenu } from "../menu";
import { stretching } from "./stretch";
import type { CodeView } from "./view";

/** Let words be marked, and codings be clicked, in the text. */
export function mouse(view: CodeView): void {
  const pane = view.text.element;
  pane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.target as Element).closest(".p3c-para, .p3c-para-editor, .p3c-linked-mark")) return;
    view.text.hold(true);
    const name = (event.target as Element).closest(".p3c-chip, .p3c-bar") !== null;
    // the mouse may be let go anywhere, also outside the text
    const column = pane.querySelector(".p3c-line");
    const rest = column && !name ? stretching(pane, column) : () => undefined;
    const up = (end: PointerEvent) => {
      rest();
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", up);
      // the page has its selection after this event
      setTimeout(() => {
        if (end.type === "pointerup") released(view, end, name);
        view.text.hold(false);
      }, 0);
    };
    addEventListener("pointerup", up);
    addEventListener("pointercancel", up);
  });
  pane.addEventListener("contextmenu", (event) => {
    const target = event.target as Element;
    const ids = target.closest<HTMLElement>("[data-ids]")?.dataset.ids?.split(" ");
    if (!target.closest(".p3c-chip, .p3c-bar") && view.text.marked() && view.cursor.span) {
      event.preventDefault();
      markedMenu(view, { getBoundingClientRect: () => new DOMRect(event.clientX, event.clientY, 0, 0) });
    } else if (ids) {
      event.preventDefault();
      const id = ids.find((each) => view.text.chosen.has(each)) ?? ids[0]!;
      const row = view.model.codings.get(id);
      if (row) view.cursor.take({ start: row.start, end: row.end }, true);
      view.take([id]);
      codingMenu(view, target);
    } else if (target.closest(".p3c-line")) {
      const at = view.text.under(event.clientX, event.clientY);
      const { span } = view.cursor;
      if (at !== null && !(span && span.start <= at && at < span.end)) view.cursor.at(at);
      if (at === null || !view.cursor.span) return;
      event.preventDefault();
      markedMenu(view, { getBoundingClientRect: () => new DOMRect(event.clientX, event.clientY, 0, 0) });
    }
  });
  pane.addEventListener("keydown", (event) => {
    const chip = (event.target as Element).closest<HTMLElement>(".p3c-chip");
    if (!chip || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    view.take([chip.dataset.ids!]);
  });
  // words marked by keys are copied like words marked with the mouse
  pane.addEventListener("copy", (event) => {
    const { span } = view.cursor;
    if (!span || document.getSelection()?.isCollapsed === false) return;
    event.clipboardData?.setData("text/plain", view.text.words(span));
    event.preventDefault();
  });
}

/** The mouse let go: words are marked, or something was clicked. */
function released(view: CodeView, event: PointerEvent, name: boolean): void {
  const marked = view.text.marked();
  // what is seen as marked is marked, also by two clicks or with Shift
  if (marked && !name) {
    view.text.choose([]);
    view.cursor.take(marked, true);
    view.focus();
    return;
  }
  const on = (event.target as Element).closest<HTMLElement>("[data-ids]");
  if (on && view.text.element.contains(on)) {
    const ids = on.dataset.ids!.split(" ");
    // a second click goes to the next of those that overlap
    const at = ids.findIndex((id) => view.text.chosen.has(id));
    const next = ids[(at + 1) % ids.length]!;
    const row = view.model.codings.get(next);
    if (!row) return;
    view.cursor.take({ start: row.start, end: row.end }, true);
    view.take([next]);
  } else {
    const at = view.text.under(event.clientX, event.clientY);
    if (at !== null && (event.target as Element).closest(".p3c-line")) {
      view.text.choose([]);
      view.cursor.at(at);
    }
  }
  view.focus();
}

/** What can be done with words that are marked. */
function markedMenu(view: CodeView, at: { getBoundingClientRect(): DOMRect }): void {
  const quick = [...new Set([...view.pins, ...view.deeds.recent])].filter((code) => code && view.model.code(code));
  openMenu(view.bench.root, at, "The marked words", [
    { label: "Code …", run: () => view.run("code"), key: "Enter" },
    ...quick.slice(0, 9).map((code) => ({ label: view.codes.label(code), run: () => void view.deeds.give(code) })),
    { label: "In-vivo code", run: () => view.run("in-vivo") },
    ...(view.paraphrasing.question ? [{ label: "Paraphrase …", run: () => view.run("paraphrase"), key: "Z" }] : []),
    { label: "Link as …", run: () => openMenu(view.bench.root, at, "Link the marked words as", view.linking.roles()) },
    { label: "Memo …", run: () => view.run("memo") },
    { label: "Copy quote with citation", run: () => view.run("copy") },
    { label: "Nothing here, next", run: () => view.run("pass") },
  ]);
}

/** What can be done with the chosen coding. */
export function codingMenu(view: CodeView, at: Element): void {
  const [id] = view.text.chosen;
  const row = view.model.codings.get(id ?? "");
  if (!row) return;
  const own = row.coder === view.model.study.me && view.writable;
  openMenu(view.bench.root, at, view.codes.label(row.code), [
    { label: "Another code …", run: () => void view.deeds.recode(), disabled: !own },
    { label: row.important ? "Not important" : "Important", run: () => view.deeds.flag("important"), disabled: !own },
    { label: row.unsure ? "No longer unsure" : "Unsure, discuss", run: () => view.deeds.flag("unsure"), disabled: !own },
    { label: "Memo …", run: () => void view.deeds.memo(), disabled: !view.writable },
    { label: "Copy quote with citation", run: () => void view.copy() },
    { label: "Segments of this code", run: () => view.showSegments(row.code) },
    { label: "Remove", run: () => view.deeds.remove(), disabled: !own },
  ]);
}
