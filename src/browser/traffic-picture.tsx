import { useMemo } from 'preact/hooks';
import type { SiteIntent } from '../model/site.ts';
import { type TrafficBand, type TrafficBox, trafficLayout } from '../site/traffic-layout.ts';
import type { VersionColors } from './shares.tsx';
import { countWords, percentWords } from './words.ts';

interface TrafficPictureProps {
  readonly intent: SiteIntent;
  readonly environment: string;
  readonly colorsOf: VersionColors;
}

/** Entries, routes and destinations from left to right; the thickness of a band is its share of a route's requests. */
export function TrafficPicture({ intent, colorsOf }: TrafficPictureProps) {
  const drawn = useMemo(() => trafficLayout(intent.routes, intent.hosts[0] ?? intent.name), [intent]);
  const colorOf = (box: Pick<TrafficBox, 'destination'>): string => {
    const { subset, id } = box.destination ?? {};
    return subset === undefined || id !== intent.id ? '' : `color-${colorsOf.get(subset) ?? 0}`;
  };
  return (
    <figure class="picture">
      <div class="scroller">
        <svg
          viewBox={`0 -2 ${drawn.width} ${drawn.height + 4}`}
          role="img"
          aria-label="Requests from gateways and callers through routes to versions. The table of routes says the same in words."
        >
          {drawn.bands.map((band, i) => (
            <path
              key={i}
              class={`band ${band.subset === undefined ? '' : `color-${colorsOf.get(band.subset) ?? 0}`}`}
              d={pathOf(band)}
              stroke-width={band.thickness}
            />
          ))}
          {drawn.boxes.map((box, i) => (
            <g key={i} class={`traffic-${box.kind}`}>
              <rect class={`box ${colorOf(box)}`} x={box.x + 0.5} y={box.y} width={box.width - 1} height={box.height} rx={6} />
              <Lines box={box} />
            </g>
          ))}
          {drawn.bands.filter(isTold).map((band, i) => (
            <text key={i} class="percent" x={(band.from.x + band.to.x) / 2} y={(band.from.y + band.to.y) / 2 + 4} text-anchor="middle">
              {percentWords(band.percent ?? 0)}
            </text>
          ))}
        </svg>
      </div>
      {drawn.left > 0 && <figcaption class="faint small">{countWords(drawn.left, 'more route')} only in the table.</figcaption>}
    </figure>
  );
}

/** Where all requests of a route go to one place, the band says it. */
function isTold({ percent }: TrafficBand): boolean {
  return percent !== undefined && percent < 100;
}

function pathOf({ from, to }: TrafficBand): string {
  const middle = (from.x + to.x) / 2;
  return `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
}

function Lines({ box: { x, y, width, height, title, text } }: { readonly box: TrafficBox }) {
  const most = Math.floor((width - 20) / 7);
  const middle = y + height / 2;
  return (
    <>
      <title>{text === '' ? title : `${title}: ${text}`}</title>
      <text class="strong" x={x + 10} y={text === '' ? middle + 4 : middle - 4}>
        {shortened(title, most)}
      </text>
      {text !== '' && (
        <text class="faint" x={x + 10} y={middle + 13}>
          {shortened(text, most)}
        </text>
      )}
    </>
  );
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
