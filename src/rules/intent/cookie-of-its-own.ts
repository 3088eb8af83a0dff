import { isObject, listOr, objectOr } from '../../model/json.ts';
import type { RoutingWords, ServiceWords } from '../../model/words.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { type Remembering, rememberingOf } from './remembering.ts';

/** The cookie that remembers a version has one meaning, and reaches the browser. */
export const cookieOfItsOwn = defineRule({
  code: 'MS3009',
  name: 'cookie-of-its-own',
  severity: 'error',
  summary: ({ name, cookie, other }: { name: string; cookie: string; other: string }) =>
    `the cookie \`${cookie}\` that remembers users of ${name} ${other}`,
  why: 'With two meanings in one cookie each overwrites the other; without it every request is drawn anew.',
  fix: 'Give it another name, `sticky: {cookie: reviews-version}`, or take the other word out.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    const { user } = subject.environment;
    for (const one of rememberingOf(subject)) {
      const { intent, words, cookie, at } = one;
      const faults = [
        ...(user?.by === 'cookie' && user.name === cookie ? ['is the one by which users are recognised'] : []),
        ...(hashCookies(words).includes(cookie) ? ['is the one by which a pod is chosen: all who hold it would get the same pod'] : []),
        ...(erased(one) ? ['would be taken out of its answers by `headers`'] : []),
      ];
      for (const other of faults) report({ params: { name: intent.name, cookie, other }, at });
    }
  },
});

/** Cookies that a load balancer hashes, of the service, a version or a port. */
function hashCookies(words: RoutingWords): readonly string[] {
  const versions = Object.values(words.versions ?? {});
  const parts = [words, ...versions, ...Object.values(words.ports ?? {}), ...versions.flatMap(({ ports }) => Object.values(ports ?? {}))];
  return parts.flatMap(({ loadBalancer }) => {
    const { hash, consistentHash } = objectOr(loadBalancer);
    return [objectOr(hash).cookie, objectOr(consistentHash).httpCookie].flatMap((cookie) => {
      const { name } = objectOr(cookie);
      return typeof name === 'string' ? [name] : [];
    });
  });
}

/** Whether the service or a route of it that inherits sets or removes `set-cookie` as a whole. */
function erased({ words }: Remembering): boolean {
  const { expose = [] }: ServiceWords = words;
  const routes = [...(words.routes ?? []), ...expose.flatMap((exposure) => exposure.routes ?? [])];
  return [words.headers, ...routes.map(({ headers }) => headers)].some((headers) => {
    const { set, remove } = objectOr(objectOr(headers).response);
    const named = [...(isObject(set) ? Object.keys(set) : []), ...listOr(remove).map(String)];
    return named.some((name) => name.toLowerCase() === 'set-cookie');
  });
}
