import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { type Json, type JsonObject, objectOr } from '../model/json.ts';
import type { RepoPath, Span } from '../model/source.ts';
import { isTraced, type ViewObject } from '../model/view.ts';
import { drawsAnObject, drawsItsObject, drawsOtherKinds } from './drawn-diagnostics.ts';
import { fileSpan } from './template-source.ts';
import type { TemplateSet } from './template-set.ts';

/** Istio's routing and security, today's groups and those of old releases, and Kubernetes' Gateway API, which Istio routes by as well. */
const ownedGroups: ReadonlySet<string> = new Set([
  ...['networking.istio.io', 'security.istio.io', 'authentication.istio.io', 'rbac.istio.io', 'config.istio.io'],
  ...['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io'],
]);

/** Whether a template drew what it is for: a kind's template the very object of its view, a user's own any object but those. */
export function judgeIdentity(set: TemplateSet, template: RepoPath, view: ViewObject, body: JsonObject, findings: Diagnostic[]): void {
  const source = set.sources.get(template);
  const at = source === undefined ? undefined : fileSpan(source);
  if (set.extras.some(({ path }) => path === template)) judgeExtra(body, at, findings);
  else judgeKind(template, view, body, at, findings);
}

function judgeExtra(body: JsonObject, at: Span | undefined, findings: Diagnostic[]): void {
  const { apiVersion, kind, metadata } = body;
  const { name } = objectOr(metadata);
  const parts: readonly (readonly [string, Json | undefined])[] = [
    ['`apiVersion`', apiVersion],
    ['`kind`', kind],
    ['`metadata.name`', name],
  ];
  for (const [missing, value] of parts) {
    if (typeof value !== 'string' || value === '') findings.push(diagnose(drawsAnObject, { params: { missing }, at }));
  }
  const [group = ''] = String(apiVersion).split('/');
  if (ownedGroups.has(group)) findings.push(diagnose(drawsOtherKinds, { params: { found: `an object of ${group}` }, at }));
  else if (String(kind).endsWith('List') && 'items' in body) findings.push(diagnose(drawsOtherKinds, { params: { found: 'a list of objects' }, at }));
}

function judgeKind(template: RepoPath, view: ViewObject, body: JsonObject, at: Span | undefined, findings: Diagnostic[]): void {
  const metadata = objectOr(body.metadata);
  const pairs: readonly (readonly [string, Json | undefined, Json | undefined])[] = [
    ['the kind', body.kind, kindOf(template)],
    ['the apiVersion', body.apiVersion, 'apiVersion' in view ? said(view, 'apiVersion') : body.apiVersion],
    ['the name', metadata.name, said(view, 'name')],
    ['the namespace', metadata.namespace, said(view, 'namespace')],
  ];
  for (const [place, drawn, expected] of pairs) {
    if (drawn !== expected) findings.push(diagnose(drawsItsObject, { params: { place, drawn: words(drawn), expected: words(expected) }, at }));
  }
}

/** templates/virtual-service.hbs draws a VirtualService. */
function kindOf(template: RepoPath): string {
  const name = template.slice(template.lastIndexOf('/') + 1, -'.hbs'.length);
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function said(view: ViewObject, field: string): Json | undefined {
  const leaf = view[field];
  return isTraced(leaf) ? leaf.value : undefined;
}

function words(value: Json | undefined): string {
  return value === undefined ? 'none' : typeof value === 'string' ? `\`${value}\`` : 'something else than a text';
}
