import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request. 'lost': it reaches the server, and its answer nobody. */
export type Fault = 'none' | 'lost' | 'hang' | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

export interface FaultProxy {
  readonly host: string;
  /** 'GET /x.git/info/refs', in order. */
  readonly seen: readonly { readonly line: string; readonly authorization: string | undefined }[];
  readonly stop: () => void;
}

/** Stands before a server, and does with each request what `decide` says. */
export async function startFaultProxy(port: number, decide: (line: string, nth: number) => Fault): Promise<FaultProxy> {
  const seen: { line: string; authorization: string | undefined }[] = [];
  const server = http.createServer((asked, answer) => {
    const line = `${asked.method} ${asked.url}`;
    seen.push({ line, authorization: asked.headers.authorization });
    const fault = decide(line, seen.filter((one) => one.line === line).length);
    if (fault === 'hang') return;
    if (typeof fault === 'object') {
      asked.resume();
      answer.writeHead(fault.status, fault.headers);
      answer.end();
      return;
    }
    const onward = http.request({ host: '127.0.0.1', port, path: asked.url, method: asked.method, headers: asked.headers }, (got) => {
      if (fault === 'lost') {
        got.resume();
        got.on('end', () => answer.destroy());
        return;
      }
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${own}`,
    seen,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
