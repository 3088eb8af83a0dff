import { routeListOf } from '../../istio/protocol.ts';
import type { PortWords, RoutingWords } from '../../model/words.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { rememberingOf } from './remembering.ts';

/** Cookies are a matter of HTTP, and of browsers that call from outside. */
export const stickyOnHttp = defineRule({
  code: 'MS3006',
  name: 'sticky-on-http-services',
  severity: 'error',
  summary: ({ name, isExternal }: { name: string; isExternal: boolean }) =>
    isExternal
      ? `${name} is an external, whose callers are services and keep no cookies`
      : `no port of ${name} speaks HTTP, so no cookie can remember its users`,
  why: 'A user is remembered by a cookie that the answer sets and the next request carries.',
  fix: 'Remove `sticky`: each connection is then drawn by itself.',
  since: '0.1.0',
  check(subject: IntentSubject, report) {
    for (const { intent, words, at } of rememberingOf(subject)) {
      const isExternal = intent.kind === 'external';
      if (isExternal || !speaksHttp(words)) report({ params: { name: intent.name, isExternal }, at });
    }
  },
});

/** Whether any port does, as its name or its protocol says; a bare number is HTTP, and so is what names no port at all. */
export function speaksHttp({ ports = {} }: RoutingWords): boolean {
  const all = Object.entries(ports);
  return all.length === 0 || all.some(([key, port]) => carriesHttp(key, port));
}

function carriesHttp(key: string, { protocol, name }: PortWords): boolean {
  if (protocol === undefined && name === undefined && /^\d+$/.test(key)) return true;
  return routeListOf(protocol ?? (name ?? key).split('-', 1)[0]) === 'http';
}
