import { spawn } from 'node:child_process';

/** What an editor says to a language server, and hears: the protocol over standard input and output. */
export interface LanguageClient {
  readonly request: (method: string, params: object) => Promise<unknown>;
  readonly notify: (method: string, params: object) => void;
  /** Resolves with the first notification of this kind that fits, from now on. */
  readonly heard: (method: string, fits: (params: unknown) => boolean) => Promise<unknown>;
  readonly stop: () => void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Runs a server in Node. `answer` is what its own requests get, such as for settings. */
export function languageClient(server: string, answer: (method: string, params: unknown) => unknown): LanguageClient {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const open = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  const listeners = new Set<(message: Message) => void>();
  let received = Buffer.alloc(0);
  let lastId = 0;
  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  };
  const take = (message: Message): void => {
    const { id, method, result, error } = message;
    if (method !== undefined && id !== undefined) send({ id, result: answer(method, message.params) ?? null });
    else if (method !== undefined) for (const listener of listeners) listener(message);
    else if (id !== undefined) {
      if (error === undefined) open.get(id)?.resolve(result);
      else open.get(id)?.reject(new Error(error.message));
      open.delete(id);
    }
  };
  child.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const end = received.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(received.toString('latin1', 0, Math.max(0, end)))?.[1]);
      if (end === -1 || received.length < end + 4 + length) return;
      const text = received.toString('utf8', end + 4, end + 4 + length);
      received = received.subarray(end + 4 + length);
      take(JSON.parse(text));
    }
  });
  return {
    request: (method, params) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        open.set(lastId, { resolve, reject });
        send({ id: lastId, method, params });
      }),
    notify: (method, params) => send({ method, params }),
    heard: (method, fits) =>
      new Promise((resolve) => {
        const listener = (message: Message): void => {
          if (message.method !== method || !fits(message.params)) return;
          listeners.delete(listener);
          resolve(message.params);
        };
        listeners.add(listener);
      }),
    stop: () => void child.kill(),
  };
}
