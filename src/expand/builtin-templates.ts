import { builtinTemplates as generated } from '../generated/templates.ts';
import type { FileTree } from '../model/source.ts';

/** The templates that Mainsheet ships, by repository path; the build puts their texts into the bundle. */
export const builtinTemplates: FileTree = new Map([...generated].map(([path, text]) => [`templates/${path}`, text]));
