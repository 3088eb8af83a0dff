import { compiledTemplates } from '../generated/compiled-templates.js';
import type { FileTree } from '../model/source.ts';

/** The templates that Mainsheet ships, by repository path; the build puts their texts into the bundle. */
export const builtinTemplates: FileTree = new Map([...compiledTemplates].map(([path, { text }]) => [path, text]));
