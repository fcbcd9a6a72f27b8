/** What the start page asks of the server itself, apart from the acts that may wait. */

import { ask } from "../dialog";
import type { Answer, Fault } from "../wire";
import type { Workbench } from "../workbench";

/**
 * Do something now or not at all.
 *
 * Files are too large to be kept for later; one who sends them again sends the same `id`.
 */
export function act(
  bench: Workbench,
  verb: string,
  args: object,
  id: string = crypto.randomUUID(),
): Promise<Answer> {
  const { model } = bench;
  return bench.server.post<Answer>("act", {
    study: model?.path ?? "",
    act_id: id,
    verb,
    args,
    seen: model?.study?.cursor ?? 0,
    others: model?.others ?? true,
  });
}

/** Ask for a name, where there is no study yet in which somebody could be named. */
export function nameMe(bench: Workbench): Promise<boolean> {
  if (bench.model) return bench.nameMe();
  return ask(
    bench.root,
    {
      title: "Who is working here?",
      fields: [
        {
          name: "name",
          label: "Your name, in one word",
          required: true,
          help: "Such as anna or a.smith. It stands beside what you do, and is kept on this computer.",
        },
      ],
      ok: "That is me",
    },
    ({ name }) => act(bench, "name_me", { name }).then(() => undefined),
  );
}

/** Whether nobody is named yet, which is the only thing that is wrong. */
export const nobody = (faults: Fault[]): boolean => faults.some((fault) => fault.code === "nobody");

/** A file's bytes in base64. */
export function base64(file: Blob): Promise<string> {
  return new Promise((give, fail) => {
    const reader = new FileReader();
    reader.onload = () => give(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => fail(new Error("The file cannot be read. Is it still there?"));
    reader.readAsDataURL(file);
  });
}
