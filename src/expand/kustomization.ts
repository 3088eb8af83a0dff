import type { JsonObject } from '../model/json.ts';
import { byDefault, traced } from '../model/origin.ts';
import type { Result } from '../model/result.ts';
import type { RepoPath } from '../model/source.ts';
import { drawTemplate } from './draw-template.ts';
import type { TemplateSet } from './template-set.ts';

/** A kustomization that lists its resources one by one. */
export function drawKustomization(templates: TemplateSet, resources: readonly RepoPath[]): Result<JsonObject> {
  const origin = byDefault('every file that was rendered');
  const drawn = drawTemplate(templates, 'templates/kustomization.hbs', { resources: resources.map((path) => traced(path, origin)) });
  return drawn.value === undefined ? drawn : { value: drawn.value.body, diagnostics: drawn.diagnostics };
}
