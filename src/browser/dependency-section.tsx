import { graphlib, layout } from '@dagrejs/dagre';
import { useMemo } from 'preact/hooks';
import type { SiteEnvironment } from '../model/site.ts';
import { type Neighbour, type Neighbourhood, neighbourhood } from '../site/neighbourhood.ts';
import { intentLink } from './routes.ts';

/** Who calls it and whom it calls, as `dependsOn` and `expose` say it. */
export function DependencySection({ environment, id }: { readonly environment: SiteEnvironment; readonly id: string }) {
  const near = useMemo(() => neighbourhood(environment, id), [environment, id]);
  const { callers, callees, nodes, isCut } = near;
  return (
    <section aria-labelledby="dependencies">
      <h2 id="dependencies">Dependencies</h2>
      {nodes.length < 2 ? (
        <p class="empty">No intent says that it calls or is called.</p>
      ) : (
        <>
          <Graph near={near} id={id} environment={environment.name} />
          <dl class="dependencies">
            <Names words="Called by" neighbours={callers} environment={environment.name} />
            <Names words="Calls" neighbours={callees.filter(({ kind }) => kind !== 'external')} environment={environment.name} />
            <Names words="External systems" neighbours={callees.filter(({ kind }) => kind === 'external')} environment={environment.name} />
          </dl>
          {isCut && <p class="faint small">Farther ones are left out of the picture.</p>}
        </>
      )}
    </section>
  );
}

function Names({
  words,
  neighbours,
  environment,
}: {
  readonly words: string;
  readonly neighbours: readonly Neighbour[];
  readonly environment: string;
}) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>
        {neighbours.length === 0 ? (
          <span class="faint">none that an intent names</span>
        ) : (
          neighbours.map(({ id, name, kind }, i) => (
            <span key={id}>
              {i > 0 && ', '}
              <a href={intentLink(environment, id)}>{name}</a>
              {kind === 'gateway' && <span class="faint"> gateway</span>}
            </span>
          ))
        )}
      </dd>
    </div>
  );
}

const boxHeight = 30;

interface GraphProps {
  readonly near: Neighbourhood;
  readonly id: string;
  readonly environment: string;
}

/** The same as a picture, callers on the left. */
function Graph({ near: { nodes, edges }, id, environment }: GraphProps) {
  const drawn = useMemo(() => arranged(nodes, edges), [nodes, edges]);
  return (
    <div class="scroller picture">
      <svg
        viewBox={`-1 ${drawn.top - 1} ${drawn.width + 2} ${drawn.height + 2}`}
        style={{ width: `${drawn.width + 2}px` }}
        role="img"
        aria-label="Who calls whom, over two steps; the nearest are listed below"
      >
        {drawn.edges.map(({ key, path }) => (
          <path key={key} class="edge" d={path} />
        ))}
        {drawn.boxes.map(({ node, x, y, width }) => (
          <a key={node.id} href={intentLink(environment, node.id)} tabIndex={-1}>
            <rect class={`box ${node.kind}${node.id === id ? ' here' : ''}`} x={x} y={y} width={width} height={boxHeight} rx={6} />
            <text x={x + width / 2} y={y + boxHeight / 2 + 4} text-anchor="middle">
              {node.name}
            </text>
          </a>
        ))}
      </svg>
    </div>
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Arranged {
  readonly width: number;
  readonly top: number;
  readonly height: number;
  readonly boxes: readonly { readonly node: Neighbour; readonly x: number; readonly y: number; readonly width: number }[];
  readonly edges: readonly { readonly key: string; readonly path: string }[];
}

function arranged(nodes: readonly Neighbour[], edges: Neighbourhood['edges']): Arranged {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 56 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, name } of nodes) graph.setNode(id, { width: 24 + name.length * 7.4, height: boxHeight });
  for (const [caller, callee] of edges) graph.setEdge(caller, callee);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const lines: readonly { readonly key: string; readonly points: readonly Point[] }[] = graph
    .edges()
    .map(({ v, w }: { readonly v: string; readonly w: string }) => ({ key: `${v} ${w}`, points: graph.edge(v, w).points }));
  // Lines may run above and below all boxes.
  const ys = lines.flatMap(({ points }) => points.map(({ y }) => y));
  const [top, bottom] = [Math.min(0, ...ys), Math.max(height, ...ys)];
  const boxes = nodes.map((node) => {
    const { x, y, width: size } = graph.node(node.id);
    return { node, x: x - size / 2, y: y - boxHeight / 2, width: size };
  });
  return { width, top, height: bottom - top, boxes, edges: lines.map(({ key, points }) => ({ key, path: curve(points) })) };
}

/** A smooth line through the points that dagre gives an edge. */
function curve(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (first === undefined) return '';
  const parts = others.map((point, i) => {
    const before = points[i] ?? first;
    const middle = (before.x + point.x) / 2;
    return `C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`;
  });
  return `M${first.x} ${first.y}${parts.join('')}`;
}
