/** Where the blocks of a logic model stand: in layers along its arrows; pure, so that it can be tried alone. */

export interface Joined {
  id: string;
  block: string;
  other: string;
}

/** The layers of blocks, each block once; what follows from a block stands in a later layer. */
export function layersOf(blocks: readonly string[], arrows: readonly Joined[]): string[][] {
  const known = new Set(blocks);
  const next = new Map<string, string[]>(blocks.map((each) => [each, []]));
  for (const { block, other } of arrows) if (known.has(block) && known.has(other) && block !== other) next.get(block)!.push(other);
  // an arrow back to what led here, as between blocks that act on each other, places nothing
  const onward: [string, string][] = [];
  const state = new Map<string, "open" | "done">();
  const order: string[] = [];
  const visit = (block: string): void => {
    state.set(block, "open");
    for (const other of next.get(block)!) {
      if (state.get(other) !== "open") onward.push([block, other]);
      if (!state.has(other)) visit(other);
    }
    state.set(block, "done");
    order.unshift(block);
  };
  const led = new Set(arrows.filter((each) => each.block !== each.other).map((each) => each.other));
  for (const block of [...blocks.filter((each) => !led.has(each)), ...blocks]) if (!state.has(block)) visit(block);
  const layer = new Map(blocks.map((each) => [each, 0]));
  for (const block of order)
    for (const [from, to] of onward) if (from === block) layer.set(to, Math.max(layer.get(to)!, layer.get(from)! + 1));
  const layers: string[][] = [];
  for (const block of blocks) (layers[layer.get(block)!] ??= []).push(block);
  return layers;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Boxes in rows (or columns, where it is narrow), each layer centred on the others. */
export function boxesOf(layers: readonly string[][], size: { width: number; height: number; along: number; across: number }, down: boolean): { boxes: Map<string, Box>; width: number; height: number } {
  const { width, height, along, across } = size;
  const widest = Math.max(1, ...layers.map((each) => each.length));
  const [step, side] = down ? [height + along, width + across] : [width + along, height + across];
  const total = widest * side - across;
  const boxes = new Map<string, Box>();
  layers.forEach((layer, i) => {
    const first = (total - (layer.length * side - across)) / 2;
    layer.forEach((block, j) => {
      const [main, cross] = [i * step, first + j * side];
      boxes.set(block, { x: down ? cross : main, y: down ? main : cross, width, height });
    });
  });
  const length = Math.max(1, layers.length) * step - along;
  return { boxes, width: down ? total : length, height: down ? length : total };
}
