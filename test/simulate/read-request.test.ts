import { describe, expect, it } from 'vitest';
import type { RequestWords } from '../../src/model/request-words.ts';
import { checkManifests } from '../../src/pipelines/check-manifests.ts';
import { readRequest } from '../../src/simulate/read-request.ts';
import { manifest } from '../support/checked.ts';

const service = (name: string, ports: string, namespace = 'bookinfo') =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {selector: {app: ${name}}, ports: [${ports}]}\n`;
const pods = `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: bookinfo}\nspec: {template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: bookinfo-web}}}\n`;
const gateway = (name: string, port: number, namespace = 'bookinfo') =>
  manifest('Gateway', name, `servers: [{port: {number: ${port}, name: http, protocol: HTTP}, hosts: ["*"]}]`, { namespace });
const text = [
  service('reviews', '{name: http, port: 9080}'),
  service('api', '{name: http-a, port: 8080}, {name: grpc, port: 9090}'),
  service('web', '{name: http, port: 80}, {name: http-admin, port: 8081}'),
  service('mongodb', '{name: mongo, port: 27017}, {name: http-metrics, port: 9216}'),
  service('cart', '{name: http, port: 80}', 'shop'),
  pods,
  gateway('edge', 80),
  gateway('inner', 8080),
  gateway('public', 80, 'istio-ingress'),
].join('---\n');
const { mesh } = checkManifests(new Map([['mesh.yaml', text]]), { namespace: 'bookinfo' });
const read = (words: RequestWords) => readRequest(words, mesh);

function taken(words: RequestWords) {
  const reading = read(words);
  if ('what' in reading) throw new Error(reading.what);
  return reading;
}

describe('a request in words', () => {
  it.each<[string, RequestWords, object]>([
    [
      'a whole URL',
      { url: 'http://reviews:9080/a/b?x=1&y=#z' },
      { host: 'reviews', port: 9080, path: '/a/b', query: { x: '1', y: '' }, authority: 'reviews:9080' },
    ],
    ['what curl makes of a path', { url: 'web/a/./b/../c%20d' }, { path: '/a/c%20d' }],
    ['of a parameter that is given twice the first', { url: 'web/?q=a&q=' }, { query: { q: 'a' } }],
    [
      'a Host header as curl has it',
      { url: 'http://10.0.0.1:8080/x', headers: ['Host: web.example.com'] },
      { host: 'web.example.com', port: 8080, address: '10.0.0.1', headers: {} },
    ],
    ['claims of a token', { url: 'web', claims: { group: 'admin' } }, { claims: { group: 'admin' } }],
    ['the host alone', { url: 'web' }, { host: 'web', port: 80, path: '/', scheme: 'http', protocol: 'http' }],
    [
      'a method and headers as curl has them',
      { url: 'web', method: 'POST', headers: ['End-User: jason', 'x=1'] },
      { method: 'POST', headers: { 'end-user': 'jason', x: '1' } },
    ],
    ['a header with a colon in its value', { url: 'web', headers: ['referer: http://x:1'] }, { headers: { referer: 'http://x:1' } }],
    ['a header that is sent twice', { url: 'web', headers: ['a: 1', 'a: 2'] }, { headers: { a: '1,2' } }],
    [
      'a caller by labels',
      { url: 'web', from: 'shop/app=cart,version=v1' },
      { source: { namespace: 'shop', labels: { app: 'cart', version: 'v1' } } },
    ],
    ['pods tell their service account', { url: 'web', from: 'bookinfo/app=web' }, { source: { serviceAccount: 'bookinfo-web' } }],
    ['https within the mesh is a connection', { url: 'https://web' }, { protocol: 'tls', port: 443 }],
    [
      'https at a gateway is a request',
      { url: 'https://www.example.com', via: 'edge' },
      { protocol: 'http', scheme: 'https', gateway: 'bookinfo/edge' },
    ],
    ['a gateway of another namespace by its name', { url: 'http://a', via: 'public' }, { gateway: 'istio-ingress/public' }],
    [
      'SNI goes before the host',
      { url: 'http://10.0.0.1:443', sni: 'a.example.com' },
      { protocol: 'tls', host: 'a.example.com', address: '10.0.0.1' },
    ],
    ['TCP', { url: 'mongodb:27017', tcp: true }, { protocol: 'tcp', port: 27017 }],
    ['an address in brackets', { url: 'http://[::1]:80/' }, { host: '::1', address: '::1' }],
  ])('%s', (_, words, expected) => {
    expect(taken(words).request).toMatchObject(expected);
  });

  it.each<[string, RequestWords, number, string]>([
    ['the only port of a service', { url: 'http://reviews/' }, 9080, 'reviews has one that fits, 9080 (http)'],
    ['the only one that carries TCP', { url: 'mongodb', tcp: true }, 27017, '27017 (mongo)'],
    ['the only one that a gateway listens on', { url: 'http://a', via: 'inner' }, 8080, 'inner listens on 8080 alone'],
  ])('without a port: %s, and says so', (_, words, port, note) => {
    const { request, notes } = taken(words);
    expect([request.port, notes.join()]).toEqual([port, expect.stringContaining(note)]);
  });

  it.each<[string, RequestWords, string]>([
    ['a host nearly spelled', { url: 'http://reviws:9080' }, 'no host of the mesh is reviws: did you mean `reviews`?'],
    ['a host of another namespace', { url: 'http://cart' }, 'from bookinfo it is called cart.shop'],
    ['a namespace nearly spelled', { url: 'web', from: 'bookinfoo' }, 'did you mean `bookinfo`?'],
    ['https in the mesh', { url: 'https://web' }, 'a sidecar does not open TLS'],
  ])('notes %s', (_, words, note) => {
    expect(taken(words).notes.join('\n')).toContain(note);
  });

  it('has nothing to note where all is clear', () => {
    expect(taken({ url: 'http://web/' }).notes).toEqual([]);
  });
});

describe('words that are no request', () => {
  it.each<[string, RequestWords, string, string?]>([
    ['nothing', { url: '' }, '"" is no URL: it is empty'],
    ['a space', { url: 'http://a b' }, 'there is a space in it'],
    ['no host', { url: 'http:///x' }, 'names no host'],
    ['a user', { url: 'http://me@web' }, 'a user name before "@"'],
    ['a port that is a name', { url: 'http://web:http/' }, 'what follows ":" is no number'],
    ['a port too large', { url: 'http://web:70000' }, '70000 in "http://web:70000" is no port', 'from 1 to 65535'],
    ['port 0', { url: 'web:0' }, 'is no port'],
    ['another protocol', { url: 'ftp://web' }, '"ftp://web" speaks ftp', '--tcp or --sni'],
    ['a header without a value', { url: 'web', headers: ['end-user'] }, '"end-user" is no header', '-H "end-user: jason"'],
    ['a method with a space', { url: 'web', method: 'GET X' }, '"GET X" is no method'],
    ['a namespace in upper case', { url: 'web', from: 'Shop' }, '"Shop" is no namespace'],
    ['a label without a value', { url: 'web', from: 'shop/cart' }, '"cart" in --from shop/cart is no label', '--from shop/app=cart'],
    ['two kinds of connections', { url: 'web', tcp: true, sni: 'a' }, 'two kinds of connections'],
    ['several ports', { url: 'http://api/' }, 'which port of api? There are 8080 (http-a) and 9090 (grpc)', 'api:8080'],
    ['TCP without a port', { url: 'nowhere', tcp: true }, 'a TCP connection to nowhere needs a port'],
    ['a gateway nearly spelled', { url: 'http://a', via: 'publik' }, 'no gateway "publik": there are', 'did you mean `public`?'],
    ['a gateway that is not there', { url: 'http://a', via: 'x/y' }, 'no gateway "x/y"'],
  ])('%s', (_, words, what, help = '') => {
    const reading = read(words);
    expect('what' in reading ? [reading.what, reading.help.join()] : reading).toEqual([
      expect.stringContaining(what),
      expect.stringContaining(help),
    ]);
  });
});
