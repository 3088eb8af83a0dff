import { render } from 'preact';
import { App } from './app.tsx';
import { readSite } from './page-data.ts';

const page = document.getElementById('page');
if (page !== null) {
  page.textContent = '';
  render(<App site={readSite()} />, page);
  // For whoever measures: the first page stands and can be used.
  performance.mark('interactive');
}
