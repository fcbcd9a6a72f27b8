/** Where the blocks of a logic model stand: in layers along its arrows; pure, so that it can be tried alone. */

export interface Joined {
  id: string;
  block: string;
  other: string;
}

/** The layers of blocks, each block once; what follows from a block stands in a later layer. */
export function layersOf(blocks: readonly string[], arrows: readonly Joined[]): string[][] {
  const known = new Set(blocks);
  const real = arrows.filter((each) => each.block !== each.other && known.has(each.block) && known.has(each.other));
  // blocks that act on each other stand in one layer, and count as one
  const oneOf = new Map(blocks.map((each) => [each, each]));
  const one = (block: string): string => (oneOf.get(block) === block ? block : one(oneOf.get(block)!));
  const ways = new Set(real.map((each) => `${each.block} ${each.other}`));
  for (const { block, other } of real) if (ways.has(`${other} ${block}`)) oneOf.set(one(other), one(block));
  const next = new Map<string, Set<string>>(blocks.map((each) => [one(each), new Set()]));
  const led = new Set<string>();
  for (const { block, other } of real) {
    if (one(block) === one(other)) continue;
    next.get(one(block))!.add(one(other));
    led.add(one(other));
  }
  // an arrow back to what led here places nothing
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
  const all = [...next.keys()];
  for (const block of [...all.filter((each) => !led.has(each)), ...all]) if (!state.has(block)) visit(block);
  const layer = new Map(all.map((each) => [each, 0]));
  for (const block of order) for (const [from, to] of onward) if (from === block) layer.set(to, Math.max(layer.get(to)!, layer.get(from)! + 1));
  const layers: string[][] = [];
  for (const block of blocks) (layers[layer.get(one(block))!] ??= []).push(block);
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

export interface Route {
  id: string;
  /** The line, as SVG draws it. */
  path: string;
  /** Where what is said of it stands. */
  x: number;
  y: number;
}

/** Half the distance between two arrows that go to and fro; what is between arrows at one side of a box. */
const APART = 15;
const BESIDE = 17;
/** How much further out each arrow runs that passes a layer by. */
const OUT = 34;

/** The arrows as lines between the boxes; what passes a layer by runs round the outside. */
export function routesOf(arrows: readonly Joined[], layers: readonly string[][], boxes: ReadonlyMap<string, Box>, down: boolean): Route[] {
  const layer = new Map(layers.flatMap((each, at) => each.map((block) => [block, at] as const)));
  const pairs = new Set(arrows.map((each) => `${each.block} ${each.other}`));
  // all is reckoned as if it ran from left to right, and turned where it runs down
  const turned = (box: Box): Box => (down ? { x: box.y, y: box.x, width: box.height, height: box.width } : box);
  const at = (x: number, y: number) => (down ? `${y} ${x}` : `${x} ${y}`);
  const all = [...boxes.values()].map(turned);
  const top = Math.min(...all.map((each) => each.y));
  const bottom = Math.max(...all.map((each) => each.y + each.height));
  // arrows at one side of a box stand in the order of what they lead to
  const sides = new Map<string, { id: string; far: number }[]>();
  const sideOf = (block: string, after: boolean) => `${block} ${after}`;
  const near = (arrow: Joined) => Math.abs((layer.get(arrow.other) ?? 0) - (layer.get(arrow.block) ?? 0)) === 1 && boxes.has(arrow.block) && boxes.has(arrow.other);
  for (const arrow of arrows.filter(near)) {
    const after = layer.get(arrow.other)! > layer.get(arrow.block)!;
    const middle = (block: string) => turned(boxes.get(block)!).y;
    for (const [block, far, side] of [[arrow.block, arrow.other, after], [arrow.other, arrow.block, !after]] as const)
      sides.set(sideOf(block, side), [...(sides.get(sideOf(block, side)) ?? []), { id: arrow.id, far: middle(far) }]);
  }
  for (const each of sides.values()) each.sort((one, other) => one.far - other.far || (one.id < other.id ? -1 : 1));
  const slot = (block: string, after: boolean, id: string, box: Box) => {
    const all = sides.get(sideOf(block, after))!;
    const apart = Math.min(BESIDE, (box.height - 16) / all.length);
    return box.y + box.height / 2 + (all.findIndex((each) => each.id === id) - (all.length - 1) / 2) * apart;
  };
  let over = 0;
  let under = 0;
  return arrows.flatMap((arrow) => {
    const [from, to] = [boxes.get(arrow.block), boxes.get(arrow.other)];
    if (!from || !to || arrow.block === arrow.other) return [];
    const [a, b] = [turned(from), turned(to)];
    const steps = layer.get(arrow.other)! - layer.get(arrow.block)!;
    const shift = pairs.has(`${arrow.other} ${arrow.block}`) ? (steps > 0 || (!steps && b.y > a.y) ? -APART : APART) : 0;
    const made = (path: string, x: number, y: number): Route[] => [{ id: arrow.id, path, x: down ? y : x, y: down ? x : y }];
    if (Math.abs(steps) === 1) {
      const [x1, x2] = steps > 0 ? [a.x + a.width, b.x] : [a.x, b.x + b.width];
      const [y1, y2] = [slot(arrow.block, steps > 0, arrow.id, a), slot(arrow.other, steps < 0, arrow.id, b)];
      const middle = (x1 + x2) / 2;
      return made(`M ${at(x1, y1)} C ${at(middle, y1)} ${at(middle, y2)} ${at(x2, y2)}`, middle, (y1 + y2) / 2);
    }
    if (!steps) {
      const [y1, y2] = b.y > a.y ? [a.y + a.height, b.y] : [a.y, b.y + b.height];
      const x = a.x + a.width / 2 + shift * 2;
      return made(`M ${at(x, y1)} L ${at(x, y2)}`, x, (y1 + y2) / 2);
    }
    const forth = steps > 0;
    const nth = forth ? over++ : under++;
    const edge = forth ? top - OUT * (nth + 1) : bottom + OUT * (nth + 1);
    const [y1, y2] = forth ? [a.y, b.y] : [a.y + a.height, b.y + b.height];
    const [x1, x2] = [a.x + a.width / 2 + 12 * (nth % 3), b.x + b.width / 2 - 12 * (nth % 3)];
    const bend = Math.min(40, Math.abs(x2 - x1) / 3) * Math.sign(x2 - x1);
    return made(`M ${at(x1, y1)} C ${at(x1, edge)} ${at(x1, edge)} ${at(x1 + bend, edge)} L ${at(x2 - bend, edge)} C ${at(x2, edge)} ${at(x2, edge)} ${at(x2, y2)}`, (x1 + x2) / 2, edge);
  });
}
