/** Handles at the ends of the chosen coding, to be dragged. */

import { h } from "../dom";
import type { CodeView } from "./view";
import { Highlighter } from "./highlight";

/** Let the chosen coding be resized with the mouse; returns what ends that. */
export function resizable(view: CodeView): () => void {
  const { text, model } = view;
  const mark = new Highlighter("p3c-cursor", 2);
  const handles = (["start", "end"] as const).map((edge) => {
    const made = h("i", { class: `p3c-handle p3c-handle-${edge}`, "aria-hidden": "true", title: `Drag to move the ${edge}` });
    made.addEventListener("pointerdown", (event) => begin(event, edge, made));
    return made;
  });

  function draw(): void {
    const [id] = view.deeds.mine;
    const row = text.chosen.size === 1 && id && view.writable ? model.codings.get(id) : undefined;
    const page = text.element.firstElementChild as HTMLElement;
    if (!row) {
      for (const each of handles) each.remove();
      return;
    }
    const origin = page.getBoundingClientRect();
    const boxes = [...text.range(row).getClientRects()].filter((box) => box.width > 0);
    const first = boxes[0];
    const last = boxes[boxes.length - 1];
    if (!first || !last) return;
    for (const [handle, x, box] of [
      [handles[0]!, first.left, first],
      [handles[1]!, last.right, last],
    ] as const) {
      handle.style.left = `${x - origin.left}px`;
      handle.style.top = `${box.top - origin.top}px`;
      handle.style.height = `${box.height}px`;
      if (handle.parentElement !== page) page.append(handle);
    }
  }

  function begin(event: PointerEvent, edge: "start" | "end", handle: HTMLElement): void {
    const [id] = view.deeds.mine;
    const row = id && model.codings.get(id);
    if (!row) return;
    event.preventDefault();
    event.stopPropagation();
    handle.setPointerCapture(event.pointerId);
    handle.classList.add("p3c-dragged");
    let span = { start: row.start, end: row.end };
    const move = (now: PointerEvent) => {
      handle.style.pointerEvents = "none";
      const at = text.under(now.clientX, now.clientY);
      handle.style.pointerEvents = "";
      if (at === null) return;
      const next = { ...span, [edge]: at };
      if (next.start >= next.end) return;
      span = next;
      mark.show([text.range(span)]);
    };
    const stop = (end: Event) => {
      // no click on the text
      end.stopPropagation();
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", stop);
      handle.removeEventListener("pointercancel", stop);
      handle.classList.remove("p3c-dragged");
      mark.show([]);
      const whole = text.whole(span);
      if (whole && (whole.start !== row.start || whole.end !== row.end)) view.deeds.resize(row.id, whole);
      draw();
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", stop);
    handle.addEventListener("pointercancel", stop);
  }

  view.drawHandles = draw;
  return () => mark.show([]);
}
