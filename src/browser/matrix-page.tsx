import { useMemo, useRef, useState } from 'preact/hooks';
import type { Site } from '../model/site.ts';
import {
  chosenRows,
  type MatrixChoice,
  type MatrixMark,
  type MatrixOrder,
  type MatrixRow,
  matrixMarks,
  matrixOrders,
  wholeMatrix,
} from '../site/matrix-rows.ts';
import { MatrixRowCells } from './matrix-row-cells.tsx';
import { matrixLink } from './routes.ts';
import { useSlashKey } from './slash-key.ts';
import { countWords } from './words.ts';

/** More rows than this are drawn when they are asked for: the filter looks at all of them. */
const firstRows = 200;

const markWords: Readonly<Record<MatrixMark, string>> = {
  moving: 'On the way',
  pinned: 'Pinned',
  warnings: 'Warnings',
  differs: 'Differs',
};

const orderWords: Readonly<Record<MatrixOrder, string>> = {
  name: 'Name',
  namespace: 'Namespace',
  rollouts: 'On the way first',
  warnings: 'Warnings first',
};

interface MatrixPageProps {
  readonly site: Site;
  readonly rows: readonly MatrixRow[];
  /** As the address says it. */
  readonly asked: MatrixChoice;
}

/** The list. What is chosen stands in the address: whoever comes back, or is sent it, finds the list as it was left. */
export function MatrixPage({ site, rows, asked }: MatrixPageProps) {
  const [choice, setChoice] = useState(asked);
  const before = useRef(asked);
  if (before.current !== asked) {
    before.current = asked;
    setChoice(asked);
  }
  const { filter, marks, order } = choice;
  const [isWhole, setWhole] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useSlashKey(field);
  const choose = (change: Partial<MatrixChoice>): void => {
    const next = { ...choice, ...change };
    setChoice(next);
    history.replaceState(null, '', matrixLink(next));
  };
  const shown = useMemo(() => chosenRows(rows, choice), [rows, choice]);
  const told = isWhole ? shown : shown.slice(0, firstRows);
  const counts: Readonly<Record<MatrixMark, number>> = useMemo(
    () => ({
      moving: rows.filter((row) => row.isMoving).length,
      pinned: rows.filter((row) => row.isPinned).length,
      warnings: rows.filter((row) => row.warnings > 0).length,
      differs: rows.filter((row) => row.differs).length,
    }),
    [rows],
  );
  return (
    <>
      <h1 tabIndex={-1}>Services by environment</h1>
      <search>
        <form class="filters" onSubmit={(event) => event.preventDefault()}>
          <label class="field grow">
            <span>Filter</span>
            <input
              ref={field}
              type="search"
              value={filter}
              placeholder="name, namespace, version or host"
              aria-keyshortcuts="/"
              autocomplete="off"
              spellcheck={false}
              onInput={(event) => choose({ filter: event.currentTarget.value })}
            />
          </label>
          <fieldset class="chips">
            <legend class="for-readers">Only services that</legend>
            {matrixMarks
              .filter((mark) => mark !== 'differs' || site.environments.length > 1)
              .map((mark) => (
                <button
                  key={mark}
                  type="button"
                  class="chip"
                  aria-pressed={marks.has(mark)}
                  onClick={() => choose({ marks: toggled(marks, mark) })}
                >
                  {markWords[mark]} <span class="count">{counts[mark]}</span>
                </button>
              ))}
          </fieldset>
          <label class="field">
            <span>Sort</span>
            <select value={order} onChange={(event) => choose({ order: orderOf(event.currentTarget.value) })}>
              {Object.entries(orderWords).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        </form>
      </search>
      <p class="status" role="status">
        {shown.length === rows.length
          ? countWords(rows.length, 'service')
          : `${shown.length.toLocaleString('en')} of ${countWords(rows.length, 'service')}`}
      </p>
      <div class="scroller">
        <table class="matrix" style={{ '--columns': site.environments.length }}>
          <caption class="for-readers">
            Versions and their shares of requests, a row for each service, a column for each environment
          </caption>
          <thead>
            <tr>
              <th scope="col">Service</th>
              {site.environments.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {told.map((row) => (
              <MatrixRowCells key={row.id} row={row} site={site} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && (
        <p class="empty">Nothing fits. {filter !== '' || marks.size > 0 ? <ClearButton clear={() => choose(wholeMatrix)} /> : null}</p>
      )}
      {told.length < shown.length && (
        <p>
          <button type="button" onClick={() => setWhole(true)}>
            Show {countWords(shown.length - told.length, 'more service', 'more services')}
          </button>
        </p>
      )}
    </>
  );
}

function ClearButton({ clear }: { readonly clear: () => void }) {
  return (
    <button type="button" onClick={clear}>
      Show all
    </button>
  );
}

function toggled(marks: ReadonlySet<MatrixMark>, mark: MatrixMark): ReadonlySet<MatrixMark> {
  return marks.has(mark) ? new Set([...marks].filter((one) => one !== mark)) : new Set([...marks, mark]);
}

function orderOf(value: string): MatrixOrder {
  return matrixOrders.find((order) => order === value) ?? 'name';
}
