/**
 * The way into JupyterLab: a container as module federation knows it, written by hand.
 *
 * JupyterLab's page loads this script, calls `init` with the modules that it shares, and `get` for
 * the extension. That is all it asks for, so that no bundler of its own is needed.
 */

import css from "../all.css";
import { makePlugin } from "./lab";
import type { LabModules } from "./lab-types";

/** A version of a shared module. */
interface Shared {
  get(): Promise<() => unknown>;
  loaded?: unknown;
}
type ShareScope = Record<string, Record<string, Shared> | undefined>;

declare global {
  interface Window {
    _JUPYTERLAB?: Record<string, unknown>;
  }
}

const NAMES: Record<keyof LabModules, string> = {
  application: "@jupyterlab/application",
  apputils: "@jupyterlab/apputils",
  docregistry: "@jupyterlab/docregistry",
  launcher: "@jupyterlab/launcher",
  mainmenu: "@jupyterlab/mainmenu",
  settingregistry: "@jupyterlab/settingregistry",
  filebrowser: "@jupyterlab/filebrowser",
  uiComponents: "@jupyterlab/ui-components",
  widgets: "@lumino/widgets",
};

let scope: ShareScope = {};

const container = {
  init(shared: ShareScope): void {
    scope = shared;
  },

  async get(module: string): Promise<() => unknown> {
    if (module === "./style") return () => ({});
    if (module !== "./extension") throw new Error(`the workbench has no part ${module}`);
    const found = await Promise.all(
      Object.entries(NAMES).map(async ([short, name]) => [short, await take(name)]),
    );
    dress();
    const plugin = makePlugin(Object.fromEntries(found) as LabModules);
    return () => ({ __esModule: true, default: plugin });
  },
};

/** The one instance of a module that JupyterLab itself uses. */
async function take(name: string): Promise<unknown> {
  const versions = scope[name] ?? {};
  // of several the one in use counts, else the newest: so JupyterLab chooses too
  const [version] = Object.keys(versions).sort(
    (one, other) =>
      Number(!!versions[other].loaded) - Number(!!versions[one].loaded) ||
      other.localeCompare(one, "en", { numeric: true }),
  );
  if (version === undefined)
    throw new Error(`the workbench needs ${name}, which this version of JupyterLab does not share`);
  return (await versions[version].get())();
}

/** Put the style sheet into the page, once. */
function dress(): void {
  if (document.getElementById("p3c-style")) return;
  const style = document.createElement("style");
  style.id = "p3c-style";
  style.textContent = css;
  document.head.append(style);
}

(window._JUPYTERLAB ??= {})["p3c-qual"] = container;
