import { matrixLink } from './routes.ts';

export function MissingPage({ what }: { readonly what: string }) {
  return (
    <>
      <h1 tabIndex={-1}>Not here</h1>
      <p>
        This page does not know {what}. <a href={matrixLink()}>All services</a>
      </p>
    </>
  );
}
