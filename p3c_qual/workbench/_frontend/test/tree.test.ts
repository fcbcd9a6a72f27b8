import { expect, test } from "vitest";
import { type Code, Tree } from "../src/core/tree";
import { Seeded } from "./seeded";

function code(id: string, parent: string | null, label: string, definition = ""): Code {
  return { id, parent, label, key: id, definition, status: "active" };
}

const tree = new Tree([
  code("delivery", null, "Service delivery"),
  code("micro", "delivery", "Micro level", "What happens between a person and a professional."),
  code("centred", "micro", "Person-centred care"),
  code("workforce", null, "Workforce"),
  code("team", "workforce", "Teamwork"),
  code("cafe", "workforce", "Café of the volunteers"),
]);

function shown(query: string): string[] {
  return tree.filter(query).map(({ code: { id }, depth, rank }) => {
    return `${"  ".repeat(depth)}${id}${rank === null ? " (kept)" : ""}`;
  });
}

test("codes stand below their parents in reading order", () => {
  expect(tree.rows.map(({ code: { id }, depth }) => `${depth} ${id}`)).toEqual([
    "0 delivery",
    "1 micro",
    "2 centred",
    "0 workforce",
    "1 team",
    "1 cafe",
  ]);
  expect(tree.rows.filter((row) => row.branch).map((row) => row.code.id)).toEqual([
    "delivery",
    "micro",
    "workforce",
  ]);
});

test("a code knows its main category, and that its place among them", () => {
  expect(tree.mainOf("centred")).toBe("delivery");
  expect(tree.mainOf("workforce")).toBe("workforce");
  expect(tree.mainOf("unheard of")).toBe("unheard of");
  expect(["delivery", "workforce", "team"].map((id) => tree.colourIndex(id))).toEqual([0, 1, -1]);
});

test("a query keeps what it finds and the way there", () => {
  expect(shown("centred")).toEqual(["delivery (kept)", "  micro (kept)", "    centred"]);
  expect(shown("nothing like it")).toEqual([]);
  expect(tree.filter(" ")).toBe(tree.rows);
});

test("case and accents are of no matter", () => {
  expect(shown("CAFE")).toEqual(["workforce (kept)", "  cafe"]);
  expect(shown("café")).toEqual(["workforce (kept)", "  cafe"]);
});

test("labels come before definitions, and a label that begins so before one that holds it", () => {
  expect(shown("person")).toEqual(["delivery (kept)", "  micro", "    centred"]);
  expect(shown("work")).toEqual(["workforce", "  team"]);
  const flat = new Tree([
    code("a", null, "Other", "About trust between people"),
    code("b", null, "Mistrust"),
    code("c", null, "Growing trust"),
    code("d", null, "Trust"),
    code("trust_e", null, "Something else"),
  ]);
  const found = flat.filter("trust");
  expect(found.map((row) => row.code.id)).toEqual(["d", "c", "b", "trust_e", "a"]);
  expect(found.map((row) => row.rank)).toEqual([0, 1, 2, 3, 4]);
});

test("every word of a query has to be found, and words of a definition from their start", () => {
  expect(shown("level profess")).toEqual(["delivery (kept)", "  micro"]);
  expect(shown("level essional")).toEqual([]);
});

test("a code whose parent is not there stands at the top, and none in a circle is lost", () => {
  const odd = new Tree([code("a", "gone", "A"), code("b", "c", "B"), code("c", "b", "C")]);
  expect(odd.rows.map(({ code: { id }, depth }) => `${depth} ${id}`)).toEqual(["0 a", "0 b", "1 c"]);
  expect(odd.colourIndex(odd.mainOf("c"))).toBe(1);
});

test("a filtered tree still is one: every row stands below its parent", () => {
  const random = new Seeded(3);
  const words = ["trust", "team", "care", "Café", "distrust", "level", "person"];
  const codes: Code[] = [];
  for (let n = 0; n < 1000; n += 1)
    codes.push(
      code(
        `c${n}`,
        n % 10 ? random.pick(codes).id : null,
        `${random.pick(words)} ${n}`,
        Array.from({ length: 40 }, () => random.pick(words)).join(" "),
      ),
    );
  const big = new Tree(codes);
  const ids = big.rows.map((row) => row.code.id);
  expect(new Set(ids).size).toBe(1000);
  for (const query of ["trust", "ca", "level team", "99"]) {
    const found = big.filter(query);
    expect(found.length).toBeGreaterThan(0);
    const path: string[] = [];
    for (const { code: each, depth } of found) {
      expect(each.parent).toBe(depth ? path[depth - 1] : null);
      path.length = depth;
      path.push(each.id);
    }
  }
  const times = Array.from({ length: 21 }, () => {
    const began = performance.now();
    big.filter("trust");
    return performance.now() - began;
  }).sort((one, other) => one - other);
  expect(times[10]).toBeLessThan(5);
});
