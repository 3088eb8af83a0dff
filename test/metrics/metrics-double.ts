import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly authorization?: string;
}

export interface MetricsDouble {
  readonly url: string;
  readonly arrived: readonly Arrived[];
  readonly close: () => Promise<void>;
}

/** A server on this machine that does with each request what `answer` says. */
export async function metricsDouble(answer: (response: ServerResponse, request: Arrived) => void): Promise<MetricsDouble> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      const one = {
        method,
        path,
        fields: Object.fromEntries(new URLSearchParams(body)),
        ...(headers.authorization === undefined ? {} : { authorization: headers.authorization }),
      };
      arrived.push(one);
      answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrived,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** A reply of Prometheus with one value. */
export function oneValue(value: string, time: number): string {
  return JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [{ metric: {}, value: [time, value] }] } });
}
