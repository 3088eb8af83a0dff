import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type Pointer, valueAt } from '../model/pointer.ts';
import type { RepoPath, Span } from '../model/source.ts';
import { isTraced, type ViewObject } from '../model/view.ts';
import { drawsAnObject, drawsItsObject, drawsOtherKinds } from './drawn-diagnostics.ts';

/** Istio's routing and security, today's groups and those of old releases, and Kubernetes' Gateway API, which Istio routes by as well. */
const ownedGroups: ReadonlySet<string> = new Set([
  ...['networking.istio.io', 'security.istio.io', 'authentication.istio.io', 'rbac.istio.io', 'config.istio.io'],
  ...['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io'],
  // A kustomization is no object of the cluster: it would pull in what nobody reviewed.
  'kustomize.config.k8s.io',
]);

/** templates/virtual-service.hbs draws a VirtualService. */
export function kindOfTemplate(template: RepoPath): string {
  const name = template.slice(template.lastIndexOf('/') + 1, -'.hbs'.length);
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The line of a template that drew a place of the document, or the place nearest above it. */
export type DrawnAt = (pointer: Pointer) => Span | undefined;

/** A kind's template must draw the very object of its view. */
export function judgeKind(kind: string, view: ViewObject, body: JsonObject, drawnAt: DrawnAt, findings: Diagnostic[]): void {
  const expect = (place: string, pointer: Pointer, expected: Json | undefined) => {
    const drawn = valueAt(body, pointer);
    if (drawn === expected) return;
    findings.push(diagnose(drawsItsObject, { params: { place, drawn: words(drawn), expected: words(expected) }, at: drawnAt(pointer) }));
  };
  expect('the kind', '/kind', kind);
  if (view.apiVersion !== undefined) expect('the apiVersion', '/apiVersion', said(view, 'apiVersion'));
  expect('the name', '/metadata/name', said(view, 'name'));
  expect('the namespace', '/metadata/namespace', said(view, 'namespace'));
}

/** A user's own template may draw any one object that has a name, save those that intents own. */
export function judgeExtra(body: JsonObject, drawnAt: DrawnAt, findings: Diagnostic[]): void {
  for (const pointer of ['/apiVersion', '/kind', '/metadata/name']) {
    const value = valueAt(body, pointer);
    if (typeof value === 'string' && value !== '') continue;
    const missing = `\`${pointer.slice(1).replace('/', '.')}\``;
    findings.push(diagnose(drawsAnObject, { params: { missing }, at: drawnAt(pointer) }));
  }
  const { apiVersion, kind, items } = body;
  const [group = ''] = String(apiVersion).split('/');
  const refuse = (found: string, pointer: Pointer) => findings.push(diagnose(drawsOtherKinds, { params: { found }, at: drawnAt(pointer) }));
  if (ownedGroups.has(group)) refuse(`an object of ${group}`, '/apiVersion');
  else if (String(kind).endsWith('List') && items !== undefined) refuse('a list of objects', '/kind');
}

function said(view: ViewObject, field: string): Json | undefined {
  const leaf = view[field];
  return isTraced(leaf) ? leaf.value : undefined;
}

function words(value: Json | undefined): string {
  return value === undefined ? 'none' : typeof value === 'string' ? `\`${value}\`` : 'something else than a text';
}
