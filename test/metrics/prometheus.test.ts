import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type MetricsOptions, prometheus } from '../../src/metrics/prometheus.ts';
import { metricsSources } from '../../src/metrics/providers.ts';
import type { Measurement, MetricQuery } from '../../src/model/measurement.ts';
import type { PrometheusServer } from '../../src/model/rollout.ts';
import { type Arrived, type MetricsDouble, metricsDouble, oneValue } from './metrics-double.ts';

const at = 1_796_000_400;
const up: MetricQuery = { purpose: 'value', query: 'up' };
const token = 'c2VjcmV0LXRva2Vu';
const doubles: MetricsDouble[] = [];

afterEach(async () => {
  await Promise.all(doubles.splice(0).map((one) => one.close()));
});

async function double(answer: (response: ServerResponse, request: Arrived) => void): Promise<MetricsDouble> {
  const one = await metricsDouble(answer);
  doubles.push(one);
  return one;
}

async function ask(server: Partial<PrometheusServer>, options: Partial<MetricsOptions> = {}): Promise<Measurement> {
  const source = prometheus({ name: 'default', url: 'http://127.0.0.1:1', ...server }, { variables: {}, compareClocks: true, ...options });
  const [answer] = await source.measure([up], at);
  return answer ?? { ...up, answer: 'empty' };
}

/** What one reply makes of a measurement. */
async function answering(
  answer: (response: ServerResponse, request: Arrived) => void,
  options: Partial<MetricsOptions> = {},
): Promise<Measurement> {
  const { url } = await double(answer);
  return ask({ url }, options);
}

const json =
  (body: string, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };

const error = (status: number, errorType: string, text: string) =>
  json(JSON.stringify({ status: 'error', errorType, error: text }), status);

describe('a query', () => {
  it('is a form that says as of when, with the token in a header', async () => {
    const { url, arrived } = await double(json(oneValue('1', at)));
    const answer = await ask({ url: `${url}/select/0/`, tokenEnv: 'PROM_TOKEN' }, { variables: { PROM_TOKEN: ` ${token}\n` } });
    expect(answer).toMatchObject({ purpose: 'value', query: 'up', answer: 1 });
    expect(arrived).toEqual([
      {
        method: 'POST',
        path: '/select/0/api/v1/query',
        fields: { query: 'up', time: String(at), timeout: '10s' },
        authorization: `Bearer ${token}`,
      },
    ]);
  });

  it('M12 tells the time of the server, unless clocks are not to be compared', async () => {
    const late = (response: ServerResponse) =>
      void response.writeHead(200, { date: new Date((at + 3600) * 1000).toUTCString() }).end(oneValue('1', at));
    expect((await answering(late)).serverTime).toBe(at + 3600);
    expect(await answering(late, { compareClocks: false })).not.toHaveProperty('serverTime');
    expect(await answering((response) => void response.writeHead(200, { date: 'today' }).end(oneValue('1', at)))).not.toHaveProperty(
      'serverTime',
    );
  });

  it('of a range gives values by time', async () => {
    const values = [
      [at - 60, '4.5'],
      [at, 'NaN'],
    ];
    const { url, arrived } = await double(
      json(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values }] } })),
    );
    const source = prometheus({ name: 'default', url }, { variables: {}, compareClocks: true });
    expect(await source.measureRange([{ query: 'up', start: at - 60, end: at, step: 60 }])).toEqual([
      {
        samples: [
          { at: at - 60, answer: 4.5 },
          { at, answer: 'NaN' },
        ],
      },
    ]);
    expect(arrived[0]).toMatchObject({
      path: '/api/v1/query_range',
      fields: { query: 'up', start: String(at - 60), end: String(at), step: '60' },
    });
  });

  it.each([
    ['several series', [{ values: [] }, { values: [] }], 'several-series'],
    ['a histogram', [{ histograms: [] }], 'wrong-type'],
    [
      'values out of order',
      [
        {
          values: [
            [at, '1'],
            [at - 1, '1'],
          ],
        },
      ],
      'not-a-metrics-server',
    ],
    ['values without a time', [{ values: [['now', '1']] }], 'not-a-metrics-server'],
  ])('of a range with %s gives none', async (_, result, absence) => {
    const { url } = await double(json(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } })));
    const source = prometheus({ name: 'default', url }, { variables: {}, compareClocks: true });
    expect(await source.measureRange([{ query: 'up', start: at - 60, end: at, step: 60 }])).toMatchObject([{ absence }]);
  });

  it('of a range without series is empty', async () => {
    const { url } = await double(json(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: [] } })));
    const source = prometheus({ name: 'default', url }, { variables: {}, compareClocks: true });
    expect(await source.measureRange([{ query: 'up', start: at, end: at, step: 60 }])).toEqual([{ samples: [] }]);
  });
});

describe('a reply', () => {
  it.each([
    ['M10 400', error(400, 'bad_data', 'parse error: unexpected end of input'), 'query-refused', 'parse error: unexpected end of input'],
    [
      'M10 422',
      error(422, 'execution', 'query processing would load too many samples'),
      'query-refused',
      'query processing would load too many samples',
    ],
    ['M10 503 timeout', error(503, 'timeout', 'query timed out'), 'timeout', 'query timed out'],
    ['M10 503 canceled', error(503, 'canceled', 'query was canceled'), 'unavailable', 'query was canceled'],
    ['M10 503 HTML', json('<html>Service Unavailable</html>', 503), 'unavailable', 'HTTP 503'],
    ['M10 200 HTML', json('<html>Sign in</html>'), 'not-a-metrics-server', 'HTTP 200'],
    ['404', json('not found', 404), 'not-a-metrics-server', 'HTTP 404'],
    ['429', json('slow down', 429), 'unavailable', 'HTTP 429'],
    ['401', json('no', 401), 'unauthorized', 'HTTP 401'],
    ['403', json('no', 403), 'unauthorized', 'HTTP 403'],
    ['an empty body', json(''), 'not-a-metrics-server', 'HTTP 200'],
    ['half of a body', json(oneValue('1', at).slice(0, 40)), 'not-a-metrics-server', 'HTTP 200'],
    ['deep JSON', json('['.repeat(200_000)), 'not-a-metrics-server', 'HTTP 200'],
    [
      'M09 a warning',
      json(
        JSON.stringify({
          status: 'success',
          warnings: ['partial response: store unavailable'],
          data: { resultType: 'vector', result: [] },
        }),
      ),
      'warnings',
      'partial response: store unavailable',
    ],
    ['M09 a matrix', json(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: [] } })), 'wrong-type', 'a matrix'],
    [
      'M09 a string',
      json(JSON.stringify({ status: 'success', data: { resultType: 'string', result: [at, '1'] } })),
      'wrong-type',
      'a string',
    ],
    [
      'M09 two series',
      json(JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [{}, {}] } })),
      'several-series',
      '2 series',
    ],
    ['somebody’s cache', json(oneValue('1', at - 300)), 'not-a-metrics-server', 'for another time than was asked about'],
  ])('%s', async (_, answer, expected, note) => {
    expect(await answering(answer)).toMatchObject({ answer: expected, note });
  });

  it('with infos is one number still', async () => {
    const body = JSON.stringify({
      status: 'success',
      infos: ['metric might not be a counter'],
      data: { resultType: 'scalar', result: [at, '2.5'] },
    });
    expect(await answering(json(body))).toMatchObject({ answer: 2.5 });
  });

  it('that does not come, or not whole, is given up', async () => {
    const limits = { deadlineMilliseconds: 60 };
    expect(await answering(() => {}, { limits })).toMatchObject({ answer: 'timeout', note: 'no whole answer in 0.06 s' });
    expect(await answering((response) => void response.writeHead(200).write('{"status":'), { limits })).toMatchObject({
      answer: 'timeout',
    });
  });

  it('that breaks off is none', async () => {
    expect(await answering((response) => void response.socket?.destroy())).toMatchObject({ answer: 'unreachable' });
    const broken = (response: ServerResponse) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{');
      response.socket?.end();
    };
    expect((await answering(broken)).answer).toBe('unreachable');
  });

  it('that is too large is not read', async () => {
    expect(await answering(json(' '.repeat(5000)), { limits: { maxBytes: 4096 } })).toMatchObject({ answer: 'too-large' });
  });

  it('that redirects is not followed, and the token goes nowhere else', async () => {
    const other = await double(json(oneValue('100', at)));
    for (const status of [301, 302, 307, 308]) {
      const { url } = await double((response) => void response.writeHead(status, { location: `${other.url}/api/v1/query` }).end());
      expect((await ask({ url, tokenEnv: 'PROM_TOKEN' }, { variables: { PROM_TOKEN: token } })).answer).toBe('not-a-metrics-server');
    }
    expect(other.arrived).toEqual([]);
  });

  it('that holds the token, or what a terminal obeys, is masked', async () => {
    const { url } = await double((response, { authorization }) =>
      error(400, 'bad_data', `\u001b[2Jyou sent ${authorization}\n::stop::\u202e`)(response),
    );
    const answer = await ask({ url, tokenEnv: 'PROM_TOKEN' }, { variables: { PROM_TOKEN: token } });
    expect(answer.note).toBe('[2Jyou sent Bearer *** ::stop::');
    expect(JSON.stringify(answer)).not.toContain(token);
  });
});

describe('a server that must not be asked', () => {
  it.each([
    ['plain http', { url: 'http://prometheus.example' }, {}, 'unreachable', 'its url is plain http'],
    ['a password in the url', { url: 'https://a:b@127.0.0.1' }, {}, 'unreachable', 'its url has a user name or password in it'],
    [
      'another secret',
      { tokenEnv: 'GITHUB_TOKEN' },
      { GITHUB_TOKEN: token },
      'unauthorized',
      'GITHUB_TOKEN does not begin with `PROM`, in capital letters, digits and `_`',
    ],
    ['no token', { tokenEnv: 'PROM_TOKEN' }, {}, 'unauthorized', 'PROM_TOKEN is not set'],
    ['an empty token', { tokenEnv: 'PROM_TOKEN' }, { PROM_TOKEN: ' \n' }, 'unauthorized', 'PROM_TOKEN is not set'],
    [
      'two lines for a token',
      { tokenEnv: 'PROM_TOKEN' },
      { PROM_TOKEN: 'a\r\nb: c' },
      'unauthorized',
      'PROM_TOKEN holds what cannot be a token',
    ],
  ] as const)('%s', async (_, server, variables, answer, note) => {
    expect(await ask(server, { variables })).toMatchObject({ answer, note });
  });

  it('is not there: the note names the error', async () => {
    const { url } = await double(() => {});
    await doubles.pop()?.close();
    expect(await ask({ url })).toMatchObject({ answer: 'unreachable', note: 'ECONNREFUSED' });
  });
});

describe('many queries', () => {
  it('are asked four at a time, and answered in order', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const { url } = await double((response, { fields }) => {
      waiting.push(() => json(oneValue(fields.query ?? '', at))(response));
      most = Math.max(most, waiting.length);
      if (waiting.length === 4) for (const answer of waiting.splice(0).reverse()) answer();
    });
    const queries = Array.from({ length: 20 }, (_, index): MetricQuery => ({ purpose: 'value', query: String(index) }));
    const answers = await prometheus({ name: 'default', url }, { variables: {}, compareClocks: true }).measure(queries, at);
    expect(answers.map(({ answer }) => answer)).toEqual(queries.map((_, index) => index));
    expect(most).toBe(4);
  });

  it('stop being asked where nothing is answered', async () => {
    const { url, arrived } = await double((response) => void response.socket?.destroy());
    const queries = Array.from({ length: 40 }, (): MetricQuery => up);
    const answers = await prometheus({ name: 'default', url }, { variables: {}, compareClocks: true }).measure(queries, at);
    expect(new Set(answers.map(({ answer }) => answer))).toEqual(new Set(['unreachable']));
    expect(arrived.length).toBeLessThan(20);
    expect(answers.at(-1)?.note).toBe('not asked any more: nothing before this was answered');
  });

  it('of several servers find theirs by name', async () => {
    const { url } = await double(json(oneValue('7', at)));
    const sources = metricsSources(
      {
        prometheus: [
          { name: 'default', url },
          { name: 'other', url: 'http://127.0.0.1:1' },
        ],
      },
      { variables: {}, compareClocks: false },
    );
    expect([...sources.keys()]).toEqual(['default', 'other']);
    expect(await sources.get('default')?.measure([up], at)).toEqual([{ ...up, answer: 7 }]);
  });
});
