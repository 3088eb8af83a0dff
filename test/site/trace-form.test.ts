import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCommandLine, readCommandLine } from '../../src/site/read-command-line.ts';
import { emptyForm, formCommand, formWords, type TraceForm } from '../../src/site/trace-form.ts';

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
    [
      "curl 'http://reviews:9080/api' \\\n  -H 'end-user: jason' \\\n  --compressed",
      { url: 'http://reviews:9080/api', headers: 'end-user: jason' },
    ],
    [
      "curl 'http://reviews:9080/api' \\  -H 'end-user: jason' \\  --compressed",
      { url: 'http://reviews:9080/api', headers: 'end-user: jason' },
    ],
    ["curl http://reviews/ --data-raw $'it\\'s \\u0021'", { url: 'http://reviews/', method: 'POST' }],
    ["curl http://reviews/ -H $'x: it\\'s\\u0021'", { url: 'http://reviews/', headers: "x: it's!" }],
    ['curl -F a=b -u jason:secret -x proxy:3128 http://reviews/', { url: 'http://reviews/', method: 'POST' }],
    ['curl -sSLo out -e http://shop/ -T file http://reviews/', { url: 'http://reviews/', method: 'PUT', headers: 'referer: http://shop/' }],
    ['curl -G --url http://reviews/?a=1 --data-urlencode q=a&b'.replace('q=a&b', "'q=a&b'"), { url: 'http://reviews/?a=1&q=a%26b' }],
    ['mainsheet trace --json reviews', { url: 'reviews' }],
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

  it.each([
    ['| jq', '"|" is for a shell'],
    ['|| true', '"||" is for a shell'],
    ['> out', '">" is for a shell'],
    ['2>/dev/null', '"2>" is for a shell'],
    ['&& echo x', '"&&" is for a shell'],
    ['; echo x', '";" is for a shell'],
    ['-H "x: $(date)"', '"$(" is for a shell'],
    ['-H x:`date`', '"`" is for a shell'],
    ['?a=1&b=2', '"&" ends a command in a shell'],
    ['\necho x', 'there are several lines'],
    ['http://ratings/', 'it names two URLs: http://reviews/ and http://ratings/'],
    ['--next http://ratings/', '--next begins another request'],
    ['-H', '-H wants a value'],
  ])('guesses at nothing that is not the one request: %s', (tail, what) => {
    expect(read(`curl http://reviews/ ${tail}`)).toHaveProperty('what', what);
    expect(read(`curl http://reviews/ -H 'x: ${tail.replaceAll(/[\n]/g, ' ')}'`)).toHaveProperty('url', 'http://reviews/');
  });

  it('asks for the URL that a shell or curl would put together', () => {
    expect(read('curl http://$HOST/')).toHaveProperty('what', '"$HOST" in http://$HOST/ is filled in by others');
    expect(read('curl http://{a,b}/')).toHaveProperty('what', '"{" in http://{a,b}/ is filled in by others');
    expect(read('curl -s')).toHaveProperty('what', 'it names no URL');
    expect(read('curl ^"http://reviews/^"')).toHaveProperty('what', 'this is written for the shell of Windows');
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
