import { apiVersionOf } from '../../src/istio/dialect.ts';
import { parseIstioVersion } from '../../src/model/istio-version.ts';
import { lineStarts, positionIn } from '../../src/model/position.ts';
import { type CheckWishes, checked, manifest } from './checked.ts';

/** A Gateway `bookinfo`; each server, in flow style, has a line of its own from 6 on. */
export function gatewayOf(...servers: readonly string[]): string {
  return manifest('Gateway', 'bookinfo', ['servers:', ...servers.map((server) => `- ${server}`)].join('\n'));
}

/** A Sidecar `reviews`; the lines of its spec begin at 5. */
export function sidecarOf(spec: string, namespace = 'bookinfo'): string {
  return manifest('Sidecar', 'reviews', spec, { namespace });
}

export interface ListenerWords {
  readonly number?: number;
  readonly name?: string;
  readonly protocol?: string;
  /** Further words, in flow style. */
  readonly more?: string;
}

/** A server in flow style: HTTPS on port 443 for bookinfo.example.com, where nothing else is said. */
export function serverOf(words: ListenerWords & { readonly hosts?: string } = {}): string {
  const { hosts = '[bookinfo.example.com]', more } = words;
  return `{port: ${portOf(words)}, hosts: ${hosts}${more === undefined ? '' : `, ${more}`}}`;
}

/** The same as the only `ingress` listener of a Sidecar, on line 6. */
export function ingressOf(words: ListenerWords = {}): string {
  return sidecarOf(`ingress:\n- {port: ${portOf(words)}${words.more === undefined ? '' : `, ${words.more}`}}`);
}

function portOf({ number = 443, name = 'main', protocol = 'HTTPS' }: ListenerWords): string {
  return `{number: ${number}, name: ${name}, protocol: ${protocol}}`;
}

/** 'MS5306 line 6: SIMPLE' for each finding: where it stands, and the words that it marks. An old mesh gets its own apiVersion. */
export function marked(text: string, wishes: CheckWishes = {}): readonly string[] {
  const written = inApiVersionOf(wishes.istio, text);
  const starts = lineStarts(written);
  return checked(written, wishes).diagnostics.map(({ code, at }) =>
    at === undefined ? code : `${code} line ${positionIn(written, starts, at.start).line}: ${written.slice(at.start, at.end)}`,
  );
}

function inApiVersionOf(istio: string | undefined, text: string): string {
  const version = istio === undefined ? undefined : parseIstioVersion(istio);
  if (version === undefined) return text;
  const kind = /^kind: (.*)$/m.exec(text)?.[1] ?? '';
  return text.replace(/^apiVersion: .*$/m, `apiVersion: ${apiVersionOf(kind, version.minor) ?? ''}`);
}
