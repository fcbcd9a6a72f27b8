/** Programme and site of sources that came in without. */

import { ask } from "../dialog";
import { count, h } from "../dom";
import type { SourceRow, Terms } from "../wire";
import type { Workbench } from "../workbench";
import { act } from "./asking";
import { listed } from "./words";

/** Ask for the programme and site of sources that name none; each is set as an act of its own. */
export async function namePlaces(bench: Workbench): Promise<void> {
  const { model } = bench;
  if (!model!.study.me && !(await bench.nameMe())) return;
  const lost = model!.study.sources.filter((row) => !row.programme);
  if (!lost.length) return bench.say("Every source names its programme.");
  let terms: Terms;
  try {
    terms = await bench.server.get<Terms>("terms", { study: model!.path });
  } catch (error) {
    return bench.fault(error);
  }
  const known = terms.programmes.map((each) => each.key);
  let set = 0;
  const done = await ask(
    bench.root,
    {
      title: "Programme and site",
      text: [h("p", {}, `For ${lost.length === 1 ? "the source" : `one or all of ${count(lost.length, "source")}`} that ${lost.length === 1 ? "names" : "name"} no programme.`)],
      fields: [
        {
          name: "which",
          label: "Source",
          options: [
            ...(lost.length > 1 ? [{ value: "", label: `all ${lost.length}` }] : []),
            ...lost.slice(0, 500).map((row) => ({ value: row.id, label: row.title === row.key ? row.key : `${row.key} ${row.title}` })),
          ],
        },
        {
          name: "programme",
          label: "Programme",
          required: true,
          help: known.length ? `There are ${listed(known.slice(0, 12))}; another word makes a new one.` : "It is made with this name.",
        },
        {
          name: "site",
          label: "Site, if there are several",
          help: terms.sites.length ? `There are ${listed(terms.sites.slice(0, 12).map((each) => each.key))}; another word makes a new one.` : "",
        },
      ],
      ok: "Set",
    },
    async ({ which, programme, site }) => {
      const rows: SourceRow[] = lost.filter((row) => !which || row.id === which);
      for (const row of rows.slice(set)) {
        const fields = { programme: programme!, ...(site ? { site } : {}) };
        await act(bench, "set_fields", { what: "source", key: row.key, fields, new: true });
        set += 1;
      }
    },
  );
  if (done) bench.say(`${count(set, "source")} set.`);
}
