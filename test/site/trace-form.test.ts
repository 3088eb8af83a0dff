import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyForm, formCommand, formWords, isCommandLine, readCommandLine, type TraceForm } from '../../src/site/trace-form.ts';

const read = (line: string) => readCommandLine(line, { ...emptyForm, env: 'prod' });

describe('the request box', () => {
  it.each<[line: string, form: Partial<TraceForm>]>([
    ['curl http://reviews:9080/', { url: 'http://reviews:9080/' }],
    ['curl -sS -H \'end-user: jason\' -H "x: a\\"b" reviews:9080', { url: 'reviews:9080', headers: 'end-user: jason\nx: a"b' }],
    ['curl -XPOST --data \'{"a": 1}\' -o /dev/null http://reviews/', { url: 'http://reviews/', method: 'POST' }],
    [
      'curl -d x=1 --compressed http://reviews/ \\\n  -b user=jason -A "a robot"',
      { url: 'http://reviews/', method: 'POST', headers: 'cookie: user=jason\nuser-agent: a robot' },
    ],
    [
      'curl -I --max-time 3 --header=Host:bookinfo.example.com http://10.0.0.1/',
      { url: 'http://10.0.0.1/', method: 'HEAD', headers: 'Host:bookinfo.example.com' },
    ],
    [
      '$ mainsheet trace --env staging --from shop/app=cart --service-account=cart --via gw --claim group=admin http://reviews/',
      { env: 'staging', url: 'http://reviews/', from: 'shop/app=cart', account: 'cart', via: 'gw', claims: 'group=admin' },
    ],
    ['mainsheet trace --tcp db:3306', { url: 'db:3306', kind: 'tcp' }],
    ['mainsheet trace --sni api.example.com api.example.com:443', { url: 'api.example.com:443', kind: 'tls', sni: 'api.example.com' }],
  ])('reads %s', (line, form) => {
    expect(isCommandLine(line)).toBe(true);
    expect(read(line)).toEqual({ ...emptyForm, env: 'prod', ...form });
  });

  it('says what it cannot read', () => {
    expect(read("curl -H 'end-user: jason http://reviews/")).toHaveProperty('what', 'a quote is not closed');
    expect(read('mainsheet trace --jsn http://reviews/')).toHaveProperty('what', '--jsn means nothing to a trace');
    expect(formWords({ ...emptyForm, url: 'http://reviews/', claims: 'admin' })).toHaveProperty('what', '"admin" is no claim');
  });

  it('takes a URL for a URL', () => {
    for (const url of ['http://reviews:9080/', 'curl.example.com/', 'http://reviews/?q=curl x']) expect(isCommandLine(url)).toBe(false);
  });

  it('asks for the server name that the URL has', () => {
    expect(formWords({ ...emptyForm, url: 'https://api.example.com:443/x', kind: 'tls' })).toMatchObject({ sni: 'api.example.com' });
  });

  it('writes a command line that it reads as the same form', () => {
    const line = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/[\n\r]/.test(text));
    const word = line.filter((text) => !text.startsWith('-'));
    const form = fc.record({
      env: word,
      url: word.filter((text) => text !== 'curl' && text !== 'trace'),
      kind: fc.constantFrom('http' as const, 'tcp' as const),
      method: fc.constantFrom('', 'POST'),
      headers: fc.array(word, { maxLength: 3 }).map((lines) => lines.join('\n')),
      claims: fc.constantFrom('', 'group=admin', "a.b=it's\nc=d"),
      from: fc.constantFrom('', 'shop/app=cart'),
      account: fc.constantFrom('', 'cart'),
      via: fc.oneof(fc.constant(''), word),
      sni: fc.constant(''),
    });
    fc.assert(
      fc.property(form, (one) => {
        expect(readCommandLine(formCommand(one), emptyForm)).toEqual(one);
      }),
      { numRuns: 300, seed: 20_261_125 },
    );
  });
});
