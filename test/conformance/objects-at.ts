import { parseAllDocuments } from 'yaml';

/** 'VirtualService bookinfo/reviews' for the objects in which places of a text are, in their order. */
export function objectsAt(text: string): (spans: readonly { readonly start: number }[]) => readonly string[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  return (spans) =>
    spans.map(({ start }) => {
      const { kind, metadata } = documents.find(({ range }) => range[2] >= start)?.toJS() ?? {};
      return `${kind} ${metadata?.namespace ?? ''}/${metadata?.name}`;
    });
}
