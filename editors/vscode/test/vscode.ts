// As much of VS Code as the client uses, and what was asked of it.

type Listener = (event: any) => unknown;

class Emitter {
  private listeners: Listener[] = [];
  readonly event = (listener: Listener) => {
    this.listeners.push(listener);
    return { dispose: () => void this.listeners.splice(this.listeners.indexOf(listener), 1) };
  };
  /** Tells everybody, and waits for what they do. */
  fire(event?: unknown): Promise<unknown> {
    return Promise.all([...this.listeners].map(listener => listener(event)));
  }
}

export class Uri {
  private constructor(readonly scheme: string, readonly fsPath: string) {}
  static file(path: string): Uri {
    return new Uri('file', path);
  }
  static parse(text: string): Uri {
    const { protocol, pathname } = new URL(text);
    return new Uri(protocol.slice(0, -1), decodeURIComponent(pathname));
  }
  toString(): string {
    return `${this.scheme}://${encodeURI(this.fsPath)}`;
  }
}

export const ViewColumn = { Beside: -2 };
export const ColorThemeKind = { Light: 1, Dark: 2, HighContrast: 3, HighContrastLight: 4 };

/** An event that is told, as the client makes them. */
export class EventEmitter {
  private readonly emitter = new Emitter();
  readonly event = this.emitter.event;
  fire(event: unknown): void { void this.emitter.fire(event); }
}

/** A terminal, which is opened when it is shown. */
export class Terminal {
  text = '';
  disposed = false;
  constructor(readonly name: string, readonly pty: any) {
    pty.onDidWrite((text: string) => { this.text += text; });
  }
  show() { this.pty.open({ columns: 100, rows: 30 }); }
  dispose() {
    this.disposed = true;
    this.pty.close();
  }
}

/** A panel with its pages. */
export class Panel {
  pages: string[] = [];
  reveals = 0;
  private readonly disposed = new Emitter();
  readonly onDidDispose = this.disposed.event;
  readonly webview: { html: string };
  constructor(readonly title: string, readonly options: Record<string, unknown>) {
    const pages = this.pages;
    this.webview = {
      set html(page: string) { pages.push(page); },
      get html() { return pages.at(-1) ?? ''; },
    };
  }
  reveal() { this.reveals += 1; }
  dispose() { void this.disposed.fire(); }
}

/** What tests set and read. */
export const seen = {
  commands: new Map<string, (...words: any[]) => any>(),
  executed: [] as unknown[][],
  terminals: [] as Terminal[],
  panels: [] as Panel[],
  errors: [] as string[],
  messages: [] as string[],
  settings: {} as Record<string, unknown>,
  /** What is chosen in the next error message. */
  answer: undefined as string | undefined,
  /** What files are watched. */
  watched: new Set<string>(),
  saved: new Emitter(),
  themed: new Emitter(),
  configured: new Emitter(),
  trusted: new Emitter(),
};

export const commands = {
  registerCommand(name: string, does: (...words: any[]) => any) {
    if (seen.commands.has(name)) throw new Error(`${name} is there already`);
    seen.commands.set(name, does);
    return { dispose: () => seen.commands.delete(name) };
  },
  async executeCommand(...words: unknown[]) {
    seen.executed.push(words);
    return seen.commands.get(String(words[0]))?.(...words.slice(1));
  },
};
export const window = {
  activeTerminal: undefined as Terminal | undefined,
  activeTextEditor: undefined as { document: { uri: Uri } } | undefined,
  activeColorTheme: { kind: ColorThemeKind.Light },
  createWebviewPanel(_kind: string, title: string, _where: unknown, options: Record<string, unknown>) {
    const panel = new Panel(title, options);
    seen.panels.push(panel);
    return panel;
  },
  createTerminal({ name, pty }: { name: string; pty: unknown }) {
    const terminal = new Terminal(name, pty);
    seen.terminals.push(terminal);
    window.activeTerminal = terminal;
    return terminal;
  },
  async showErrorMessage(text: string, ..._choices: string[]) {
    seen.errors.push(text);
    const chosen = seen.answer;
    seen.answer = undefined;
    return chosen;
  },
  async showInformationMessage(text: string) { seen.messages.push(text); },
  onDidChangeActiveColorTheme: seen.themed.event,
};
export const workspace = {
  workspaceFolders: undefined as { uri: Uri }[] | undefined,
  textDocuments: [] as { uri: Uri; isDirty: boolean; save(): Promise<boolean> }[],
  getWorkspaceFolder: (_uri: Uri) => workspace.workspaceFolders?.[0],
  getConfiguration: (section: string, _uri?: Uri) => ({
    get: (name: string, otherwise: unknown) => seen.settings[`${section}.${name}`] ?? otherwise,
  }),
  createFileSystemWatcher(glob: string) {
    seen.watched.add(glob);
    return { dispose: () => void seen.watched.delete(glob) };
  },
  onDidSaveTextDocument: seen.saved.event,
  onDidChangeConfiguration: seen.configured.event,
  onDidGrantWorkspaceTrust: seen.trusted.event,
};
