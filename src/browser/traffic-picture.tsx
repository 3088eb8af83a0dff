import { useMemo } from 'preact/hooks';
import type { SiteDestination, SiteIntent } from '../model/site.ts';
import { type TrafficBand, type TrafficBox, trafficLayout } from '../site/traffic-layout.ts';
import type { VersionColors } from './shares.tsx';
import { countWords } from './words.ts';

interface TrafficPictureProps {
  readonly intent: SiteIntent;
  readonly colorsOf: VersionColors;
}

/** Entries, routes and destinations from left to right; the thickness of a band is its share of a route's requests. */
export function TrafficPicture({ intent, colorsOf }: TrafficPictureProps) {
  const drawn = useMemo(() => trafficLayout(intent.routes, intent.hosts[0] ?? intent.name, intent.kind === 'gateway'), [intent]);
  // Versions of others have colours of their own, on their pages.
  const colorOf = (destination: SiteDestination | undefined): string => {
    const { subset, id } = destination ?? {};
    return subset === undefined || id !== intent.id ? '' : ` color-${colorsOf.get(subset) ?? 0}`;
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
              class={`band${band.isCopy ? ' copy' : ''}${colorOf(band.destination)}`}
              d={pathOf(band)}
              stroke-width={band.thickness}
            />
          ))}
          {drawn.boxes.map((box, i) => (
            <g key={i}>
              <rect class={`box${colorOf(box.destination)}`} x={box.x + 0.5} y={box.y} width={box.width - 1} height={box.height} rx={6} />
              <Lines box={box} />
            </g>
          ))}
        </svg>
      </div>
      {drawn.left > 0 && <figcaption class="faint small">{countWords(drawn.left, 'more route')} only in the table.</figcaption>}
    </figure>
  );
}

function pathOf({ from, to }: TrafficBand): string {
  const middle = (from.x + to.x) / 2;
  return `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
}

const lineHeight = 16;

function Lines({ box: { x, y, width, height, title, lines } }: { readonly box: TrafficBox }) {
  const most = Math.floor((width - 20) / 7.7);
  const first = y + height / 2 + 4.5 - (lines.length * lineHeight) / 2;
  return (
    <>
      <title>{[title, ...lines].join('\n')}</title>
      <text class="strong" x={x + 10} y={first}>
        {shortened(title, most)}
      </text>
      {lines.map((line, i) => (
        <text key={line} class="faint" x={x + 10} y={first + (i + 1) * lineHeight}>
          {shortened(line, Math.floor(most * 1.2))}
        </text>
      ))}
    </>
  );
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
