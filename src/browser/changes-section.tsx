import type { SiteIntent } from '../model/site.ts';
import { dateWords } from './words.ts';

const unknownWords = {
  none: 'The intents lie in no git repository.',
  shallow: 'Not known: the clone was shallow, and no commit that it has tells of its files.',
  whole: 'No commit that is known touched its files.',
} as const;

interface ChangesSectionProps {
  readonly intent: SiteIntent;
  readonly history: keyof typeof unknownWords;
}

export function ChangesSection({ intent, history }: ChangesSectionProps) {
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">Recent changes</h2>
      {intent.changes.length === 0 ? (
        <p class="empty">{unknownWords[history]}</p>
      ) : (
        <>
          <ol class="changes">
            {intent.changes.map(({ hash, subject, author, at }) => (
              <li key={hash}>
                <span class="faint small">{dateWords(at)}</span> <code title={hash}>{hash.slice(0, 10)}</code> {subject}{' '}
                <span class="faint">by {author}</span>
              </li>
            ))}
          </ol>
          {intent.hasMoreChanges && <p class="faint small">Older ones are in git.</p>}
          {history === 'shallow' && <p class="faint small">The clone was shallow: older ones are not known.</p>}
        </>
      )}
    </section>
  );
}
