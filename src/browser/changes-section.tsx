import type { SiteIntent } from '../model/site.ts';
import { dateWords } from './words.ts';

export function ChangesSection({ intent, hasHistory }: { readonly intent: SiteIntent; readonly hasHistory: boolean }) {
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">Recent changes</h2>
      {intent.changes.length === 0 ? (
        <p class="empty">{hasHistory ? 'No commit that is known touched its files.' : 'The intents lie in no git repository.'}</p>
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
        </>
      )}
    </section>
  );
}
