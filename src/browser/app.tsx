import type { ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary, useMemo, useRef } from 'preact/hooks';
import type { Site } from '../model/site.ts';
import { matrixRows } from '../site/matrix-rows.ts';
import { EnvironmentPage } from './environment-page.tsx';
import { IntentPage } from './intent-page.tsx';
import { MatrixPage } from './matrix-page.tsx';
import { environmentLink, matrixLink, type Route, traceLink, useRoute } from './routes.ts';
import { ThemeToggle } from './theme-toggle.tsx';
import { TracePage } from './trace-page.tsx';
import { dateWords } from './words.ts';

export function App({ site }: { readonly site: Site }) {
  const route = useRoute();
  const rows = useMemo(() => matrixRows(site), [site]);
  const key = keyOf(route);
  const isFirst = useRef(true);
  // Whoever follows a link hears where it led to, and goes on from there.
  useEffect(() => {
    const heading = document.querySelector('h1');
    document.title = heading?.textContent === undefined || route.page === 'matrix' ? site.title : `${heading.textContent} · ${site.title}`;
    if (!isFirst.current && heading !== null) {
      heading.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    isFirst.current = false;
  }, [key]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <header class="top">
        <a class="brand" href={matrixLink()}>
          {site.title}
        </a>
        <nav aria-label="Pages">
          <a href={matrixLink()} aria-current={route.page === 'matrix' ? 'page' : undefined}>
            Services
          </a>
          {site.environments.map(({ name }) => (
            <a
              key={name}
              href={environmentLink(name)}
              aria-current={route.page === 'environment' && route.environment === name ? 'page' : undefined}
            >
              {name}
            </a>
          ))}
          <a href={traceLink({})} aria-current={route.page === 'trace' ? 'page' : undefined}>
            Trace a request
          </a>
        </nav>
        <ThemeToggle />
      </header>
      <main id="main" tabIndex={-1}>
        <Guarded key={key}>
          <Page route={route} site={site} rows={rows} />
        </Guarded>
      </main>
      <footer>
        <p>
          Written by mainsheet {site.version}
          {site.commit === undefined ? (
            ', outside a git repository.'
          ) : (
            <>
              {' '}
              from commit <code title={site.commit.hash}>{site.commit.hash.slice(0, 10)}</code>, {dateWords(site.commit.at)}
              {site.uncommitted === 0 ? '.' : `, with ${site.uncommitted === 1 ? 'one file' : `${site.uncommitted} files`} not committed.`}
            </>
          )}{' '}
          {site.isShallow &&
            'The clone was shallow: since when a rollout stands where it is, and older changes, are only known as far as it goes back. '}
          It says what git says, not what a cluster does.
        </p>
      </footer>
    </>
  );
}

/** A fault of ours on one page leaves the others to be used. */
function Guarded({ children }: { readonly children: ComponentChildren }) {
  const [fault] = useErrorBoundary();
  if (fault === undefined) return <>{children}</>;
  return (
    <>
      <h1 tabIndex={-1}>This page could not be drawn</h1>
      <p class="fault" role="alert">
        This is a bug in Mainsheet, not in your files: {fault instanceof Error ? fault.message : String(fault)}
      </p>
    </>
  );
}

function Page({ route, site, rows }: { readonly route: Route; readonly site: Site; readonly rows: ReturnType<typeof matrixRows> }) {
  switch (route.page) {
    case 'matrix':
      return <MatrixPage site={site} rows={rows} asked={route.choice} />;
    case 'environment':
      return <EnvironmentPage site={site} name={route.environment} />;
    case 'intent':
      return <IntentPage site={site} environmentName={route.environment} id={route.id} />;
    case 'trace':
      return <TracePage site={site} form={route.form} />;
  }
}

/** Another question is no other page. */
function keyOf(route: Route): string {
  if (route.page === 'intent') return `intent ${route.environment} ${route.id}`;
  return route.page === 'environment' ? `environment ${route.environment}` : route.page;
}
