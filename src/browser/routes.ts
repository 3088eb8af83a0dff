import { useEffect, useState } from 'preact/hooks';
import { type MatrixChoice, matrixMarks, matrixOrders, wholeMatrix } from '../site/matrix-rows.ts';
import { emptyForm, type TraceForm } from '../site/trace-form.ts';

/** What the part of the address behind '#' asks for. */
export type Route =
  | { readonly page: 'matrix'; readonly choice: MatrixChoice }
  | { readonly page: 'environment'; readonly environment: string }
  | { readonly page: 'intent'; readonly environment: string; readonly id: string }
  | { readonly page: 'trace'; readonly form: TraceForm };

/** '#/?filter=reviews&only=moving,pinned&sort=warnings' */
export function matrixLink({ filter, marks, order }: MatrixChoice = wholeMatrix): string {
  const words = [
    ...(filter === '' ? [] : [`filter=${encodeURIComponent(filter)}`]),
    ...(marks.size === 0 ? [] : [`only=${[...marks].join()}`]),
    ...(order === 'name' ? [] : [`sort=${order}`]),
  ];
  return words.length === 0 ? '#/' : `#/?${words.join('&')}`;
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
  const words = new URLSearchParams(search);
  if (path === '') return words.has('trace') ? { page: 'trace', form: formOf(words) } : { page: 'matrix', choice: choiceOf(words) };
  const [environment = '', ...id] = path.split('/').map(decoded);
  if (environment === '') return { page: 'matrix', choice: wholeMatrix };
  return id.length === 0 ? { page: 'environment', environment } : { page: 'intent', environment, id: id.join('/') };
}

function choiceOf(words: URLSearchParams): MatrixChoice {
  const only = (words.get('only') ?? '').split(',');
  return {
    filter: words.get('filter') ?? '',
    marks: new Set(matrixMarks.filter((mark) => only.includes(mark))),
    order: matrixOrders.find((order) => order === words.get('sort')) ?? 'name',
  };
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
