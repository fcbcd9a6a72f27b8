/** The workbench in a notebook's output, as an anywidget module. */

import { codeView } from "../code/view";
import { h } from "../dom";
import { Refused, Server, siteOfPage } from "../server";
import type { SourceText, StudyState } from "../wire";
import { Workbench } from "../workbench";

interface WidgetModel {
  get(name: string): any;
  on(event: string, listener: (value: any) => void): void;
  off(event: string, listener: (value: any) => void): void;
  send(message: unknown): void;
}

async function render({ model, el }: { model: WidgetModel; el: HTMLElement }): Promise<() => void> {
  const study: string = model.get("study");
  const source: string = model.get("source") || "";
  // the notebook's keys (b, m, 1, Enter) must not reach its cells from in here
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const holder = h("div", { class: "p3c-notebook", style: `height:${model.get("height") || "640px"}` });
  for (const type of ["keydown", "keyup", "keypress", "paste", "copy", "cut"])
    holder.addEventListener(type, (event) => {
      const key = event as KeyboardEvent;
      if (type === "keydown" && (key.ctrlKey || key.metaKey) && key.key.toLowerCase() === "s") {
        event.preventDefault();
        bench.say("Everything is saved as soon as it is shown.");
      }
      event.stopPropagation();
    });
  el.append(holder);
  const site = siteOfPage();
  const address = source ? `code/${encodeURIComponent(source)}` : "code";
  let still: { state: StudyState; text: SourceText | null } | undefined;
  try {
    await new Server(site).get("study", { study, others: false });
  } catch (error) {
    // a study that is at fault is told by the workbench; without its server the kernel has the text
    if (!(error instanceof Refused)) still = await fromKernel(model);
  }
  const bench = new Workbench(holder, { site, views: [codeView], study, address, still });
  await bench.start();
  if (still) bench.say("The workbench’s server does not answer here: the text can only be read.");
  return () => bench.dispose();
}

/** Ask the kernel for the text, where there is no server. */
function fromKernel(model: WidgetModel): Promise<{ state: StudyState; text: SourceText | null }> {
  return new Promise((answer, failed) => {
    const timer = setTimeout(() => failed(new Error("Neither the server nor the kernel answers.")), 15000);
    const listen = (message: any) => {
      if (!message?.state && !message?.error) return;
      clearTimeout(timer);
      model.off("msg:custom", listen);
      if (message.error) failed(new Refused(message.error, message.all ?? [message.error], 0));
      else answer(message);
    };
    model.on("msg:custom", listen);
    model.send({ ask: "source" });
  });
}

export default { render };
