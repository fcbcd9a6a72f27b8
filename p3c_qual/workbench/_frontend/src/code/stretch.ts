/** Words go on being marked where the mouse leaves the text: up to the nearest line. */

/** From now on until the function that is returned is called; `column` is any line of the text. */
export function stretching(pane: HTMLElement, column: Element): () => void {
  let out: { x: number; y: number } | null = null;
  let frame = 0;
  const reach = () => {
    frame = 0;
    const selection = document.getSelection();
    if (!out || !selection?.anchorNode || !pane.contains(selection.anchorNode)) return;
    const box = pane.getBoundingClientRect();
    const line = column.getBoundingClientRect();
    const y = Math.min(Math.max(out.y, box.top + 4), box.bottom - 4);
    const x = Math.min(Math.max(out.x, line.left + 1), line.right - 1);
    const spot = document.caretPositionFromPoint?.(x, y);
    const range = spot ? null : document.caretRangeFromPoint?.(x, y);
    const node = spot?.offsetNode ?? range?.startContainer;
    if (node && pane.contains(node)) selection.extend(node, spot?.offset ?? range!.startOffset);
    // the browser moves the text on while the mouse is above or below
    frame = requestAnimationFrame(reach);
  };
  const move = (event: MouseEvent) => {
    const box = pane.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    out = x < box.left || x > box.right || y < box.top || y > box.bottom ? { x, y } : null;
    if (!out) return;
    // the browser would mark all that comes before or behind in the page
    event.preventDefault();
    frame ||= requestAnimationFrame(reach);
  };
  addEventListener("mousemove", move, true);
  return () => {
    removeEventListener("mousemove", move, true);
    cancelAnimationFrame(frame);
    if (frame) reach();
    cancelAnimationFrame(frame);
  };
}
