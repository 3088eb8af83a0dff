import { useEffect, useState } from 'preact/hooks';
import { emptyForm, type TraceForm } from '../site/trace-form.ts';

/** What the part of the address behind '#' asks for. */
export type Route =
  | { readonly page: 'matrix' }
  | { readonly page: 'environment'; readonly environment: string }
  | { readonly page: 'intent'; readonly environment: string; readonly id: string }
  | { readonly page: 'trace'; readonly form: TraceForm };

export function matrixLink(): string {
  return '#/';
}

export function environmentLink(environment: string): string {
  return `#/${encodeURIComponent(environment)}`;
}

/** '#/prod/reviews' */
export function intentLink(environment: string, id: string): string {
  return `${environmentLink(environment)}/${id.split('/').map(encodeURIComponent).join('/')}`;
}

/** '#/?trace&env=prod&url=…': an environment may have any name, so a question is no path. */
export function traceLink(form: Partial<TraceForm>): string {
  const words = Object.entries(form).filter(([, value]) => value !== '');
  return `#/?${['trace', ...words.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)].join('&')}`;
}

export function readRoute(hash: string): Route {
  const [path = '', search] = hash.replace(/^#\/?/, '').split('?');
  if (search !== undefined && path === '') return { page: 'trace', form: formOf(new URLSearchParams(search)) };
  const [environment = '', ...id] = path.split('/').map(decoded);
  if (environment === '') return { page: 'matrix' };
  return id.length === 0 ? { page: 'environment', environment } : { page: 'intent', environment, id: id.join('/') };
}

function formOf(words: URLSearchParams): TraceForm {
  const kind = words.get('kind');
  const text = (name: keyof TraceForm): string => words.get(name) ?? emptyForm[name];
  return {
    env: text('env'),
    url: text('url'),
    kind: kind === 'tcp' || kind === 'tls' ? kind : 'http',
    method: text('method'),
    headers: text('headers'),
    claims: text('claims'),
    from: text('from'),
    account: text('account'),
    via: text('via'),
    sni: text('sni'),
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const listen = (): void => setRoute(readRoute(location.hash));
    addEventListener('hashchange', listen);
    return () => removeEventListener('hashchange', listen);
  }, []);
  return route;
}
