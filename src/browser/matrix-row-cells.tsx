import type { Site, SiteIntent } from '../model/site.ts';
import { isMoving, type MatrixRow } from '../site/matrix-rows.ts';
import { intentLink } from './routes.ts';
import { SharesBar, SharesWords, versionColors } from './shares.tsx';
import { countWords } from './words.ts';

/** A service in each environment: its shares, and what else is noteworthy there. */
export function MatrixRowCells({ row, site }: { readonly row: MatrixRow; readonly site: Site }) {
  const colorsOf = versionColors(row.cells.flatMap((cell) => cell?.versions.map(({ name }) => name) ?? []));
  return (
    <tr>
      <th scope="row">
        {row.name}
        {row.namespace !== '' && <span class="faint small"> {row.namespace}</span>}
      </th>
      {row.cells.map((cell, i) => {
        const environment = site.environments[i]?.name ?? '';
        return (
          <td key={environment} data-label={environment}>
            {cell === undefined ? (
              <span class="faint">
                –<span class="for-readers"> not in {environment}</span>
              </span>
            ) : (
              <a class="cell" href={intentLink(environment, row.id)}>
                <span class="for-readers">
                  {row.name} in {environment}:{' '}
                </span>
                {cell.versions.length > 0 && <SharesBar versions={cell.versions} colorsOf={colorsOf} />}
                <SharesWords versions={cell.versions} colorsOf={colorsOf} />
                <Badges intent={cell} />
              </a>
            )}
          </td>
        );
      })}
    </tr>
  );
}

function Badges({ intent }: { readonly intent: SiteIntent }) {
  const { rollout, pins, findings, weights } = intent;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const step = rollout === undefined ? 0 : rollout.steps.findIndex(({ state }) => state === 'now') + 1;
  return (
    <span class="badges">
      {isMoving(intent) && rollout !== undefined && step > 0 && (
        <span class="badge moving">
          step {step}/{rollout.steps.length}
        </span>
      )}
      {rollout?.phase === 'returning' && <span class="badge warning">going back</span>}
      {rollout?.hold !== undefined && <span class="badge">held</span>}
      {weights !== undefined && <span class="badge">shares by {weights}</span>}
      {pins.length > 0 && <span class="badge">{countWords(pins.length, 'pin')}</span>}
      {warnings > 0 && <span class="badge warning">{countWords(warnings, 'warning')}</span>}
    </span>
  );
}
