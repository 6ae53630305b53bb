// A language client that only remembers what it was told.

export const TransportKind = { stdio: 0 };

export const clients: LanguageClient[] = [];

/** What happens to the clients made from now on. */
export const fate = { fails: false };

export class LanguageClient {
  running = false;
  constructor(
    readonly id: string, readonly name: string,
    readonly server: { command: string; args: string[] }, readonly options: unknown,
  ) {
    clients.push(this);
  }
  async start() {
    if (fate.fails) throw new Error('it said nothing');
    this.running = true;
  }
  async dispose() { this.running = false; }
}
