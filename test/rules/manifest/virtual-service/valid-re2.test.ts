import { describe, expect, it } from 'vitest';
import { checked, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';

const route = (words: string) => virtualService(`hosts: [reviews]\nhttp:\n- ${words}\n  route: [{destination: {host: reviews}}]`);
const found = (words: string) => checked(route(words), { only: ['MS5190'] });
const matching = (condition: string) => found(`match:\n  - ${condition}`).findings;
const uri = (regex: string) => matching(`uri: {regex: '${regex}'}`);

describe('valid-re2', () => {
  it.each([
    ['uri', "uri: {regex: '*'}"],
    ['scheme', "scheme: {regex: 'http(?=s)'}"],
    ['method', "method: {regex: '*'}"],
    ['authority', "authority: {regex: '(a'}"],
    ['headers', "headers: {end-user: {regex: '*'}}"],
    ['withoutHeaders', "withoutHeaders: {end-user: {regex: '(?!jason).*'}}"],
    ['queryParams', "queryParams: {user: {regex: '*'}}"],
  ])('error: a condition on %s', (_, condition) => {
    expect(matching(condition)).toEqual(['MS5190 line 8']);
  });

  it('error: an origin of CORS, a rewrite', () => {
    expect(found("corsPolicy:\n    allowOrigins:\n    - {regex: '*.example.com'}").findings).toEqual(['MS5190 line 9']);
    expect(found("rewrite:\n    uriRegexRewrite: {match: '/(v1', rewrite: '/'}").findings).toEqual(['MS5190 line 8']);
  });

  it('fine: `*` in withoutHeaders means any value', () => {
    expect(matching("withoutHeaders: {end-user: {regex: '*'}}")).toEqual([]);
  });

  // Istio 1.32 says the same of all of these; the last three it lets through, and Envoy, or an older Istio, does not.
  it.each(
    '(?=a) (?!a) (?<=a) (?>a) (?#c) (a)\\1 (?P=n) a** a++ x{2}{3} a{1001} (a{100}){100} a{2,1} \\Z \\u0041 \\cA \\C \\h [a [z-a] [^] [[:foo:]] \\x{110000} (?x)a (a a) \\p{Script=Latin} \\p{greek} (?<n>a) (?i)(?<n>a)'.split(
      ' ',
    ),
  )('error: %s', (regex) => {
    expect(uri(`/${regex}`)).toEqual(['MS5190 line 8']);
  });

  it.each(
    '.* a{,5} a{1000} a{0} (?P<n>a) (?P<n>a)(?P<n>b) (?i)x (?s). (?U)a+ (?m)^a$ [[:alpha:]] []a] \\pN \\p{Greek} \\p{^Greek} \\z \\bfoo\\B \\Qa.b\\E \\x{10FFFF} (|a)* ^* .{0,500}.{0,500}'.split(
      ' ',
    ),
  )('fine: %s', (regex) => {
    expect(uri(`/${regex}`)).toEqual([]);
  });

  it('1024 bytes are the limit, however few letters they are', () => {
    expect(uri('a'.repeat(1024))).toEqual([]);
    expect(uri('é'.repeat(512))).toEqual([]);
    expect(uri('é'.repeat(513))).toEqual(['MS5190 line 8']);
    // More letters than that the schema refuses already.
    expect(checked(route(`match:\n  - uri: {regex: ${'a'.repeat(1025)}}`)).codes).not.toContain('MS5190');
  });

  it('says what is wrong, and where', () => {
    const [lookahead] = found("match:\n  - uri: {regex: '/(?!api).*'}").diagnostics;
    expect(lookahead?.message).toBe(
      'the regex `/(?!api).*` of VirtualService bookinfo/reviews is not RE2: invalid or unsupported Perl syntax at `(?!`',
    );
    const [named] = found("match:\n  - uri: {regex: '/(?<user>a)'}").diagnostics;
    expect(named?.message).toContain('`(?<user>` is read by newer versions of RE2 only; write `(?P<user>`');
  });

  it('stands in the intent that said it', () => {
    const intent = 'service: reviews\nport: 9080\nroutes:\n  - match: {uri: {regex: "/(?!api).*"}}\n    timeout: 5s\n';
    expect(rendered(intent).findings).toEqual(['MS5190 line 4']);
  });
});
