/** The library: the same compiler that the command runs, as a pure function of texts. */

export type { ParsedTexts } from './document/parsed-texts.ts';
export type { LocatedDiagnostic, Severity } from './model/diagnostic.ts';
export type { Json, JsonObject } from './model/json.ts';
export type { Manifest } from './model/manifest.ts';
export type { FileTree, RepoPath, Span } from './model/source.ts';
export type { Compilation, CompileOptions, Compiler } from './pipeline.ts';
export { compile, createCompiler } from './pipeline.ts';
export { type CheckedManifests, checkManifests, type GivenMesh } from './pipelines/check-manifests.ts';
