import { useState } from 'preact/hooks';

/** Copies a text; where the browser does not let it, as of files, nothing is offered. */
export function CopyButton({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  // Of a page that was not served securely there is none, whatever its type says.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard === undefined) return null;
  return (
    <button
      type="button"
      class="quiet"
      onClick={() => {
        clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        );
      }}
    >
      {isCopied ? 'Copied' : 'Copy'}
    </button>
  );
}
