/** The workbench in JupyterLab: a tile, a file that opens, commands, menus, settings. */

import { codeView } from "../code/view";
import { configureView } from "../configure/view";
import { h } from "../dom";
import { reportView } from "../report/view";
import { siteOfPage } from "../server";
import { startView } from "../start/view";
import { summariseView } from "../summarise/view";
import type { Action } from "../view";
import { Workbench } from "../workbench";
import type {
  Args,
  CommandPalette,
  JupyterFrontEnd,
  LabModules,
  Launcher,
  LayoutRestorer,
  MainMenu,
  Plugin,
  SettingRegistry,
  Widget,
} from "./lab-types";

const ID = "p3c-qual:plugin";
const NAME = "Qualitative workbench";
const OPEN = "p3c:open";
/** What this window had open: JupyterLab keeps its layout only some seconds later. */
const LAST = "p3c:last";
/** All views there are; a further one is one more name. */
const VIEWS = [startView, codeView, summariseView, configureView, reportView];
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="M3 4h11v2H3zm0 5h11v2H3zm0 5h11v2H3zm0 5h7v2H3z"/><path fill="#2866b8" d="M16 4h2v9h-2z"/><path fill="#c4551a" d="M19.5 8h2v11h-2z"/></svg>`;

interface Panel extends Widget {
  bench: Workbench;
  study: string;
  address: string;
}

export function makePlugin(lab: LabModules): Plugin {
  const icon = new lab.uiComponents.LabIcon({ name: "p3c-qual:icon", svgstr: ICON });
  /** Keys of the person's own; the panels hold this object, so that a change holds at once. */
  const keys: Record<string, string[]> = {};
  const panels = new Set<Panel>();
  let moved: (panel: Panel) => void = () => undefined;
  let offers: (actions: Action[]) => void = () => undefined;
  let openFile: (path: string) => void = () => undefined;

  class WorkbenchPanel extends lab.widgets.Widget {
    bench: Workbench;

    constructor(
      public study: string,
      public address: string,
      begun: boolean,
      id: string,
    ) {
      super({ node: h("div", { class: "p3c-lab" }) });
      this.id = id;
      this.title.label = NAME;
      this.title.icon = icon;
      this.title.closable = true;
      const panel = this as unknown as Panel;
      panels.add(panel);
      this.disposed.connect(() => {
        panels.delete(panel);
        if (!panels.size) sessionStorage.removeItem(LAST);
        this.bench.dispose();
      });
      this.bench = new Workbench(this.node, {
        site: siteOfPage(),
        views: VIEWS,
        study: begun ? study : undefined,
        address,
        keys,
        offers: (actions) => offers(actions),
        openFile: (path) => openFile(path),
        moved: (path, place) => {
          this.study = path;
          this.address = place;
          this.title.label = this.bench.model?.study?.title || NAME;
          sessionStorage.setItem(`p3c:address:${path}`, place);
          sessionStorage.setItem(LAST, path);
          moved(panel);
        },
      });
      void this.bench.start().then(() => {
        // it was chosen before there was anything to have the focus
        if (this.isVisible && document.activeElement === document.body) this.onActivateRequest();
      });
    }

    // called when the tab is chosen: keys work at once
    onActivateRequest(): void {
      const text = this.node.querySelector<HTMLElement>(".p3c-text, .p3c-keys");
      (text ?? this.node.querySelector<HTMLElement>("button, [tabindex]"))?.focus({ preventScroll: true });
    }
  }

  /**
   * Opens study.yml: the study that lies in its folder, in a tab of the workbench's own.
   *
   * A document's tab would rename the file with its title and lay checkpoints beside it.
   */
  class StudyFactory extends lab.docregistry.ABCWidgetFactory {
    constructor(
      options: Record<string, unknown>,
      private readonly open: (study: string) => void,
    ) {
      super(options);
    }

    createNewWidget(context: { path: string }): Widget {
      const path = context.path.replace(/^[^/]*:/, "");
      const widget = new lab.docregistry.DocumentWidget({ content: new lab.widgets.Widget(), context });
      setTimeout(() => {
        widget.dispose();
        this.open(path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".");
      });
      return widget;
    }
  }

  function activate(
    app: JupyterFrontEnd,
    launcher: Launcher | null,
    palette: CommandPalette | null,
    restorer: LayoutRestorer | null,
    menus: MainMenu | null,
    settings: SettingRegistry | null,
  ): void {
    const { commands, shell } = app;
    type Main = Widget & { content: Widget };
    const tracker = new lab.apputils.WidgetTracker<Main>({ namespace: "p3c-qual" });
    const panelOf = (widget: Widget | null): Panel | null =>
      [...panels].find((panel) => widget?.node.contains(panel.node)) ?? null;
    const current = () => panelOf(shell.currentWidget);

    commands.addCommand(OPEN, {
      label: (args) => (args.isPalette ? "Open the qualitative workbench" : NAME),
      caption: "Code interviews, map them, write the report",
      icon,
      execute: (args: Args) => {
        const study = typeof args.study === "string" ? args.study : "";
        const address = typeof args.address === "string" ? args.address : "";
        // a tab that comes back after a reload has its name of before, by which its place is known
        const id = typeof args.id === "string" ? args.id : "";
        const open = study && !args.another && !id && tracker.find((each) => panelOf(each)?.study === study);
        if (open) {
          shell.activateById(open.id);
          if (address) panelOf(open)!.bench.go(address);
          return open;
        }
        const content = new WorkbenchPanel(study, address, Boolean(study), id || `p3c-${crypto.randomUUID()}`);
        const widget = new lab.apputils.MainAreaWidget({ content }) as Main;
        void tracker.add(widget);
        shell.add(widget, "main");
        shell.activateById(widget.id);
        return widget;
      },
    });
    launcher?.add({ command: OPEN, category: "Other", rank: 0 });
    palette?.addItem({ command: OPEN, category: NAME, args: { isPalette: true } });
    void restorer?.restore(tracker, {
      command: OPEN,
      name: (widget) => widget.content.id,
      args: (widget) => {
        const panel = panelOf(widget);
        return { study: panel?.study ?? "", address: panel?.address ?? "", id: widget.content.id };
      },
    });
    openFile = (path) => void commands.execute("docmanager:open", { path });
    moved = (panel) => {
      const widget = tracker.find((each) => each.node.contains(panel.node));
      if (widget) void tracker.save(widget);
    };

    app.docRegistry.addFileType({
      name: "p3c-study",
      displayName: "Qualitative study",
      extensions: [],
      pattern: "^study\\.ya?ml$",
      icon,
    });
    app.docRegistry.addWidgetFactory(
      new StudyFactory(
        {
          name: NAME,
          modelName: "text",
          fileTypes: ["p3c-study"],
          defaultFor: ["p3c-study"],
          readOnly: true,
        },
        (study) => {
          const address = sessionStorage.getItem(`p3c:address:${study}`) ?? "";
          void commands.execute(OPEN, { study, address });
        },
      ),
    );

    void app.restored.then(() => {
      const study = sessionStorage.getItem(LAST);
      if (study === null || panels.size) return;
      const address = sessionStorage.getItem(`p3c:address:${study}`) ?? "";
      void commands.execute(OPEN, { study, address });
    });

    const menu = new lab.widgets.Menu({ commands });
    menu.id = "jp-mainmenu-p3c";
    menu.title.label = "Study";
    menu.addItem({ command: OPEN });
    menus?.addMenu(menu, false, { rank: 60 });
    const known = new Set<string>();
    let group = "";
    offers = (actions) => {
      for (const action of actions) {
        const id = `p3c:${action.id}`;
        if (known.has(id)) continue;
        known.add(id);
        commands.addCommand(id, {
          label: action.title,
          isEnabled: () => Boolean(current()?.bench.actions.some((each) => each.id === action.id)),
          execute: () => current()?.bench.run(action.id),
        });
        palette?.addItem({ command: id, category: NAME });
        if (action.group !== group) menu.addItem({ type: "separator" });
        group = action.group;
        // what moves about is of no use in a menu
        if (!/^(pin|row|cell)-|-(next|before)$/.test(action.id)) menu.addItem({ command: id });
      }
    };
    for (const [verb, undoer] of [
      ["undo", menus?.editMenu.undoers.undo],
      ["redo", menus?.editMenu.undoers.redo],
    ] as const)
      undoer?.add({ id: `p3c:${verb}`, isEnabled: (widget) => panelOf(widget) !== null });

    settings
      ?.load(ID)
      .then((loaded) => {
        const take = () => {
          for (const name of Object.keys(keys)) delete keys[name];
          Object.assign(keys, loaded.composite.keys ?? {});
        };
        take();
        loaded.changed.connect(take);
      })
      // the keys that come with it hold
      .catch((error) => console.warn("The workbench's settings cannot be read:", error));
  }

  return {
    id: ID,
    description: "Codes interviews and documents for realist evaluation.",
    autoStart: true,
    optional: [
      lab.launcher.ILauncher,
      lab.apputils.ICommandPalette,
      lab.application.ILayoutRestorer,
      lab.mainmenu.IMainMenu,
      lab.settingregistry.ISettingRegistry,
    ],
    activate,
  } as unknown as Plugin;
}
