/** The dialect table's rows, placed: where each one's message stands in a kind or another message. */
import { apiVersionRows, embedded, type FeatureRow, featureRows, type RespellingRow, respellingRows, type Shape } from './dialect-table.ts';
import { parsePath, type Steps } from './json-path.ts';

/** A place in a kind, and the rows of the message that stands there. */
export interface PlacedRows {
  readonly at: Steps;
  readonly features: readonly FeatureRow[];
  readonly respellings: readonly RespellingRow[];
}

const remembered = new Map<string, readonly PlacedRows[]>();

/** The rows that a mesh of 1.<minor> is too old for; remembered, because a run asks for the same few again and again. */
export function rowsFor(kind: string, minor: number): readonly PlacedRows[] {
  const key = `${kind} ${minor}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const shape = apiVersionRows.flatMap(({ kinds }) => kinds).find((declared) => declared === kind);
  const rows =
    shape === undefined
      ? []
      : rowsOf(shape)
          .map((place) => tooNew(place, minor))
          .filter(hasRows);
  remembered.set(key, rows);
  return rows;
}

/** All rows of a message and of those that stand in it. */
export function rowsOf(shape: Shape): readonly PlacedRows[] {
  const known = remembered.get(shape);
  if (known !== undefined) return known;
  const rows = placesOf(shape, [])
    .map(({ at, shape: inner }) => ({
      at,
      features: featureRows.filter((row) => row.shape === inner),
      respellings: respellingRows.filter((row) => row.shape === inner),
    }))
    .filter(hasRows);
  remembered.set(shape, rows);
  return rows;
}

function tooNew({ at, features, respellings }: PlacedRows, minor: number): PlacedRows {
  return {
    at,
    features: features.filter(({ since }) => minor < since),
    respellings: respellings.filter(({ since, olderSince }) => minor < since && olderSince !== undefined),
  };
}

const hasRows = ({ features, respellings }: PlacedRows) => features.length + respellings.length > 0;

/** A message and all that stand in it, each with its path. */
function placesOf(shape: Shape, at: Steps): readonly { at: Steps; shape: Shape }[] {
  const inner = embedded[shape] ?? [];
  return [{ at, shape }, ...inner.flatMap(({ path, shape: other }) => placesOf(other, [...at, ...parsePath(path)]))];
}
