import { useState } from 'preact/hooks';

type Theme = 'light' | 'dark';

const remembered = 'mainsheet-theme';

/** What the reader chose before; the system's choice otherwise. Storage may be refused to files. */
function chosen(): Theme | undefined {
  try {
    const theme = localStorage.getItem(remembered);
    return theme === 'light' || theme === 'dark' ? theme : undefined;
  } catch {
    return undefined;
  }
}

function apply(theme: Theme | undefined): void {
  if (theme === undefined) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme !== undefined) localStorage.setItem(remembered, theme);
  } catch {
    // It holds until the page is left, then.
  }
}

apply(chosen());

export function ThemeToggle() {
  const system: Theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const [theme, setTheme] = useState<Theme>(chosen() ?? system);
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      class="quiet"
      onClick={() => {
        apply(other);
        setTheme(other);
      }}
    >
      {other === 'dark' ? 'Dark' : 'Light'}
      <span class="for-readers"> colours</span>
    </button>
  );
}
