import { expect, test } from "vitest";
import { check, keyName, matches, parse, type Press } from "../src/core/keys";

/** A press from its key, the place of the key, and what is held down: c(trl), a(lt), s(hift), m(eta). */
function press(key: string, code = "", held = ""): Press {
  return {
    key,
    code,
    ctrlKey: held.includes("c"),
    altKey: held.includes("a"),
    shiftKey: held.includes("s"),
    metaKey: held.includes("m"),
  };
}

test.each([
  ["n", press("n", "KeyN")],
  ["Shift+n", press("N", "KeyN", "s")],
  ["n", press("N", "KeyN")],
  ["Ctrl+Shift+z", press("Z", "KeyZ", "cs")],
  ["Alt+ArrowDown", press("ArrowDown", "ArrowDown", "a")],
  ["Alt+Shift+ArrowDown", press("ArrowDown", "ArrowDown", "as")],
  ["?", press("?", "Slash", "s")],
  ["?", press("?", "Minus", "s")],
  ["/", press("/", "Digit7", "s")],
  ["1", press("1", "Digit1")],
  ["1", press("1", "Numpad1")],
  ["1", press("1", "Digit1", "s")],
  ["Space", press(" ", "Space")],
  ["Shift+Space", press(" ", "Space", "s")],
  ["Ctrl+Plus", press("+", "Equal", "cs")],
  ["Shift+Tab", press("Tab", "Tab", "s")],
  ["Meta+z", press("z", "KeyZ", "m")],
  ["Ctrl+Alt+1", press("1", "Digit1", "ca")],
  ["F2", press("F2", "F2")],
  ["ö", press("ö", "Semicolon")],
])("a press is called %s", (name, event) => {
  expect(keyName(event)).toBe(name);
});

test("letters count as they are typed, so that a French and a German keyboard work", () => {
  expect(keyName(press("z", "KeyY", "c"))).toBe("Ctrl+z");
  expect(keyName(press("a", "KeyQ", "c"))).toBe("Ctrl+a");
});

test("on a keyboard without Latin letters the key's place counts", () => {
  expect(keyName(press("я", "KeyZ", "c"))).toBe("Ctrl+z");
  expect(keyName(press("Т", "KeyN", "s"))).toBe("Shift+n");
  expect(keyName(press("ν", "KeyN"))).toBe("n");
});

test("a sign that needs AltGr is the sign, and Alt on a Mac is a modifier", () => {
  expect(keyName(press("@", "KeyQ", "ca"))).toBe("@");
  expect(keyName(press("Ω", "KeyZ", "a"))).toBe("Alt+z");
  expect(keyName(press("Dead", "KeyN", "a"))).toBe("Alt+n");
  expect(keyName(press("¡", "Digit1", "a"))).toBe("Alt+1");
});

test.each([
  ["ctrl + shift + Z", "Ctrl+Shift+z"],
  ["Shift+Ctrl+z", "Ctrl+Shift+z"],
  ["N", "Shift+n"],
  ["Ctrl+N", "Ctrl+n"],
  ["cmd+s", "Meta+s"],
  ["mod+z", "Mod+z"],
  ["alt+down", "Alt+ArrowDown"],
  ["esc", "Escape"],
  ["Ctrl++", "Ctrl+Plus"],
  ["+", "Plus"],
  ["f5", "F5"],
  ["?", "?"],
])("the binding %s is read as %s", (written, read) => {
  expect(parse(written)).toBe(read);
});

test.each(["", " ", "Ctrl+", "Ctrl", "Hyper+z", "Ctrl+Nowhere", "ab"])(
  "%j is no binding",
  (written) => {
    expect(parse(written)).toBeNull();
    expect(matches(written, press("z", "KeyZ", "c"))).toBe(false);
  },
);

test("Mod is Ctrl, and Cmd on a Mac", () => {
  const [ctrl, cmd] = [press("z", "KeyZ", "c"), press("z", "KeyZ", "m")];
  expect([matches("Mod+z", ctrl, false), matches("Mod+z", cmd, false)]).toEqual([true, false]);
  expect([matches("Mod+z", ctrl, true), matches("Mod+z", cmd, true)]).toEqual([false, true]);
  expect(matches("Mod+Shift+z", press("Z", "KeyZ", "ms"), true)).toBe(true);
  expect(matches("Mod+z", press("Z", "KeyZ", "cs"), false)).toBe(false);
});

test("every name of a press is a binding of that press", () => {
  const keys = ["n", "N", "?", "1", " ", "+", "ArrowDown", "F2", "ö", "é", "Escape"];
  for (const key of keys)
    for (const held of ["", "c", "s", "cs", "m", "as"]) {
      const event = press(key, "", held);
      expect(parse(keyName(event))).toBe(keyName(event));
      expect(matches(keyName(event), event, false)).toBe(true);
    }
});

test("bindings that make sense are left alone", () => {
  const actions = [
    { title: "Undo", keys: ["Mod+z"] },
    { title: "Redo", keys: ["Mod+Shift+z", "Mod+y"] },
    { title: "Memo", keys: ["m", "m"] },
    { title: "Nothing", keys: [] },
  ];
  expect(check(actions, false)).toEqual([]);
});

test("all faults of bindings are said at once, in words", () => {
  const actions = [
    { title: "Undo", keys: ["Mod+z"] },
    { title: "Next", keys: ["ctrl+Z"] },
    { title: "Close", keys: ["Ctrl+w"] },
    { title: "Odd", keys: ["Hyper+x"] },
  ];
  expect(check(actions, false)).toEqual([
    "“Ctrl+w” for “Close” is kept by the browser. Choose other keys.",
    "“Hyper+x” for “Odd” is no key. Write it as Ctrl+Shift+z, Alt+ArrowDown, ? or 1.",
    "“Ctrl+z” is set for “Undo” and “Next”. Give one of them other keys.",
  ]);
  expect(check(actions.slice(0, 2), true)).toEqual([]);
});
