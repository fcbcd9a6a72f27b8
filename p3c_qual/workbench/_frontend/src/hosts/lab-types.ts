/**
 * The few of JupyterLab's interfaces that the workbench uses, written by hand.
 *
 * JupyterLab hands its modules over when the page loads, so that nothing of it is built in. Its own
 * packages would bring several hundred others along only to name these types.
 */

export interface Disposable {
  readonly isDisposed: boolean;
  dispose(): void;
}

export interface Signal<Sender, Args> {
  connect(slot: (sender: Sender, args: Args) => void): boolean;
  disconnect(slot: (sender: Sender, args: Args) => void): boolean;
}

/** What a service is asked for by. */
export interface Token<Service> {
  readonly name: string;
  /** Never there; it keeps tokens of different services apart. */
  readonly service?: Service;
}

export interface Message {
  readonly type: string;
}

export interface Title {
  label: string;
  caption: string;
  icon: LabIcon | undefined;
  closable: boolean;
}

export interface Widget extends Disposable {
  id: string;
  readonly node: HTMLElement;
  readonly title: Title;
  readonly disposed: Signal<Widget, void>;
  readonly isAttached: boolean;
  readonly isVisible: boolean;
  addClass(name: string): void;
  close(): void;
  activate(): void;
}

export interface LabIcon {
  readonly name: string;
}

/** Arguments of a command, as JSON. */
export type Args = Record<string, unknown>;

export interface CommandOptions {
  label: string | ((args: Args) => string);
  caption?: string;
  icon?: LabIcon | ((args: Args) => LabIcon | undefined);
  execute(args: Args): unknown;
  isEnabled?(args: Args): boolean;
  isVisible?(args: Args): boolean;
  isToggled?(args: Args): boolean;
  describedBy?: { args: unknown };
}

export interface Commands {
  addCommand(id: string, options: CommandOptions): Disposable;
  addKeyBinding(options: {
    command: string;
    keys: readonly string[];
    selector: string;
    args?: Args;
  }): Disposable;
  execute(id: string, args?: Args): Promise<unknown>;
  hasCommand(id: string): boolean;
  notifyCommandChanged(id?: string): void;
}

export interface Shell {
  readonly currentWidget: Widget | null;
  add(widget: Widget, area?: string, options?: { mode?: string; ref?: string }): void;
  activateById(id: string): void;
  readonly currentChanged?: Signal<Shell, { newValue: Widget | null }>;
}

export interface FileType {
  name: string;
  displayName?: string;
  extensions?: string[];
  pattern?: string;
  icon?: LabIcon;
}

export interface JupyterFrontEnd {
  readonly commands: Commands;
  readonly shell: Shell;
  readonly restored: Promise<unknown>;
  readonly docRegistry: {
    addFileType(type: Partial<FileType>): Disposable;
    addWidgetFactory(factory: unknown): Disposable;
  };
  readonly contextMenu: {
    addItem(options: { command: string; selector: string; rank?: number; args?: Args }): Disposable;
  };
}

export interface Plugin {
  id: string;
  description: string;
  autoStart: boolean;
  requires?: Token<unknown>[];
  optional?: Token<unknown>[];
  activate(app: JupyterFrontEnd, ...services: never[]): unknown;
}

export interface Launcher {
  add(options: { command: string; category?: string; rank?: number; args?: Args }): Disposable;
}

export interface CommandPalette {
  addItem(options: { command: string; category: string; args?: Args; rank?: number }): Disposable;
}

export interface LayoutRestorer {
  restore<W extends Widget>(
    tracker: WidgetTracker<W>,
    options: { command: string; name(widget: W): string; args?(widget: W): Args },
  ): Promise<unknown>;
}

export interface WidgetTracker<W extends Widget> {
  readonly currentWidget: W | null;
  readonly currentChanged: Signal<WidgetTracker<W>, W | null>;
  add(widget: W): Promise<void>;
  has(widget: Widget): boolean;
  save(widget: W): Promise<void>;
  find(test: (widget: W) => boolean): W | undefined;
  forEach(visit: (widget: W) => void): void;
}

export interface Menu {
  addItem(options: {
    type?: "command" | "separator";
    command?: string;
    args?: Args;
  }): unknown;
  addGroup?(items: { command: string; args?: Args }[], rank?: number): Disposable;
}

export interface MainMenu {
  readonly fileMenu: Menu & { newMenu: Menu };
  readonly editMenu: { undoers: { undo: SemanticCommand; redo: SemanticCommand } };
  readonly helpMenu: Menu;
  addMenu(menu: unknown, update?: boolean, options?: { rank?: number }): void;
}

export interface SemanticCommand {
  add(command: {
    id: string;
    isEnabled?(widget: Widget): boolean;
    rank?: number;
  }): void;
}

export interface Settings {
  readonly composite: Record<string, unknown>;
  readonly changed: Signal<Settings, void>;
  set(key: string, value: unknown): Promise<void>;
}

export interface SettingRegistry {
  load(plugin: string): Promise<Settings>;
}

export interface FileBrowser {
  readonly selectedItems: () => Iterator<{ path: string; type: string; name: string }>;
  readonly model: { readonly path: string };
}

/** The modules that JupyterLab hands over, as far as they are used. */
export interface LabModules {
  application: {
    ILayoutRestorer: Token<LayoutRestorer>;
    ILabShell: Token<Shell>;
  };
  apputils: {
    ICommandPalette: Token<CommandPalette>;
    IThemeManager: Token<{
      readonly theme: string | null;
      isLight(name: string): boolean;
      readonly themeChanged: Signal<unknown, unknown>;
    }>;
    MainAreaWidget: new <W extends Widget>(options: { content: W }) => Widget & { content: W };
    WidgetTracker: new <W extends Widget>(options: { namespace: string }) => WidgetTracker<W>;
    showErrorMessage(title: string, error: string | { message: string }): Promise<void>;
  };
  docregistry: {
    ABCWidgetFactory: new (options: Record<string, unknown>) => object;
    DocumentWidget: new (options: Record<string, unknown>) => Widget & { content: Widget };
  };
  launcher: { ILauncher: Token<Launcher> };
  mainmenu: { IMainMenu: Token<MainMenu> };
  settingregistry: { ISettingRegistry: Token<SettingRegistry> };
  filebrowser: {
    IDefaultFileBrowser: Token<FileBrowser>;
    IFileBrowserFactory: Token<unknown>;
  };
  uiComponents: {
    LabIcon: new (options: { name: string; svgstr: string }) => LabIcon;
  };
  widgets: {
    Widget: new (options?: { node?: HTMLElement }) => Widget;
    Menu: new (options: { commands: Commands }) => Menu & { id: string; title: Title };
  };
}
