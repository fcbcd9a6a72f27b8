// Lists the workbench's actions as JSON: `node keys.mjs FOLDER`, with the front end's folder.
//
// The actions are asked of the front end's own sources. There is no page here: whatever they ask
// of one, they are given something that takes every question.

import { registerHooks } from "node:module";

registerHooks({
  resolve(name, context, next) {
    if (name.endsWith(".css")) return { url: "data:text/javascript,", shortCircuit: true };
    const bare = /^\.\.?\//.test(name) && !name.endsWith(".ts");
    return next(bare ? `${name}.ts` : name, context);
  },
});

/** Answers to every name, call and loop; `known` are the names that have to say something. */
function anything(known = {}) {
  return new Proxy(function () {}, {
    get(_, name) {
      if (name in known) return known[name];
      if (name === "then") return undefined;
      if (name === Symbol.iterator) return () => [].values();
      return name === Symbol.toPrimitive ? () => "" : anything();
    },
    set: () => true,
    apply: () => anything(),
    construct: () => anything(),
  });
}

for (const name of ["document", "window", "sessionStorage", "CSS", "Highlight", "Node", "IntersectionObserver", "ResizeObserver", "requestAnimationFrame", "cancelAnimationFrame"])
  globalThis[name] = anything();
globalThis.HTMLElement = globalThis.Node;

const front = process.argv[2];
const { codeActions } = await import(`${front}/src/code/actions.ts`);
const { codeView } = await import(`${front}/src/code/view.ts`);
const { PANELS: CONFIGURE } = await import(`${front}/src/configure/panels.ts`);
const { configureActions, configureView } = await import(`${front}/src/configure/view.ts`);
const { PANELS: REPORT } = await import(`${front}/src/report/panels.ts`);
const { reportActions, reportView } = await import(`${front}/src/report/view.ts`);
const { startView } = await import(`${front}/src/start/view.ts`);
const { PANELS } = await import(`${front}/src/summarise/panels.ts`);
const { summariseActions, summariseView } = await import(`${front}/src/summarise/view.ts`);
const { Workbench } = await import(`${front}/src/workbench.ts`);

// the start page has one face without a study and one with it
const faces = [{ model: null }, { model: anything({ still: false }) }];
// and the Configure view is looked at before there is anything in it
const tables = ["theories", "mechanisms", "configurations", "links", "regularities", "inferences", "searches"];
const store = anything(Object.fromEntries(tables.map((name) => [name, new Map()])));
// what the Report view asks the server for never comes
const server = { get: () => new Promise(() => undefined) };
const actions = [
  ...codeActions(anything()),
  ...faces.flatMap((known) => startView.mount(anything(), anything(known), "").actions),
  ...summariseActions(anything()),
  ...PANELS.flatMap((panel) => panel.actions?.(anything()) ?? panel.mount(anything(), anything()).actions ?? []),
  ...configureActions(anything()),
  ...CONFIGURE.flatMap((panel) => panel.actions?.(anything()) ?? panel.mount(anything(), anything({ store, place: "" })).actions ?? []),
  ...reportActions(anything()),
  ...REPORT.flatMap((panel) => [panel.actions?.(anything())].find(Array.isArray) ?? panel.mount(anything(), anything({ place: "", store: anything(server), model: anything({ server }) })).actions),
  ...new Workbench(anything(), { site: anything(), views: [startView, codeView, summariseView, configureView, reportView] }).actions,
];
const rows = actions.map(({ id, title, group, keys }) => ({ id, title, group, keys }));
// views that were mounted go on asking; nobody answers them
process.stdout.write(JSON.stringify(rows), () => process.exit(0));
