import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { type Json, type JsonObject, objectOr } from '../model/json.ts';
import type { RepoPath, Span } from '../model/source.ts';
import { isTraced, type ViewObject } from '../model/view.ts';
import { drawsAnObject, drawsItsObject, drawsOtherKinds } from './drawn-diagnostics.ts';

/** Istio's routing and security, today's groups and those of old releases, and Kubernetes' Gateway API, which Istio routes by as well. */
const ownedGroups: ReadonlySet<string> = new Set([
  ...['networking.istio.io', 'security.istio.io', 'authentication.istio.io', 'rbac.istio.io', 'config.istio.io'],
  ...['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io'],
]);

/** templates/virtual-service.hbs draws a VirtualService. */
export function kindOfTemplate(template: RepoPath): string {
  const name = template.slice(template.lastIndexOf('/') + 1, -'.hbs'.length);
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A kind's template must draw the very object of its view. */
export function judgeKind(kind: string, view: ViewObject, body: JsonObject, at: Span, findings: Diagnostic[]): void {
  const metadata = objectOr(body.metadata);
  const expect = (place: string, drawn: Json | undefined, expected: Json | undefined) => {
    if (drawn !== expected)
      findings.push(diagnose(drawsItsObject, { params: { place, drawn: words(drawn), expected: words(expected) }, at }));
  };
  expect('the kind', body.kind, kind);
  if (view.apiVersion !== undefined) expect('the apiVersion', body.apiVersion, said(view, 'apiVersion'));
  expect('the name', metadata.name, said(view, 'name'));
  expect('the namespace', metadata.namespace, said(view, 'namespace'));
}

/** A user's own template may draw any one object that has a name, save those that intents own. */
export function judgeExtra(body: JsonObject, at: Span, findings: Diagnostic[]): void {
  const { apiVersion, kind, metadata } = body;
  const require = (missing: string, value: Json | undefined) => {
    if (typeof value !== 'string' || value === '') findings.push(diagnose(drawsAnObject, { params: { missing }, at }));
  };
  require('`apiVersion`', apiVersion);
  require('`kind`', kind);
  require('`metadata.name`', objectOr(metadata).name);
  const [group = ''] = String(apiVersion).split('/');
  if (ownedGroups.has(group)) findings.push(diagnose(drawsOtherKinds, { params: { found: `an object of ${group}` }, at }));
  else if (String(kind).endsWith('List') && body.items !== undefined)
    findings.push(diagnose(drawsOtherKinds, { params: { found: 'a list of objects' }, at }));
}

function said(view: ViewObject, field: string): Json | undefined {
  const leaf = view[field];
  return isTraced(leaf) ? leaf.value : undefined;
}

function words(value: Json | undefined): string {
  return value === undefined ? 'none' : typeof value === 'string' ? `\`${value}\`` : 'something else than a text';
}
