/** A sentence of a finding: what stands between backticks is a word of a file. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <>
      {text
        .split('`')
        .map((part, i, parts) => (i % 2 === 1 && i < parts.length - 1 ? <code key={i}>{part}</code> : i % 2 === 1 ? `\`${part}` : part))}
    </>
  );
}
