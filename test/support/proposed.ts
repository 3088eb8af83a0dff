import { isObject, type Json } from '../../src/model/json.ts';
import type { PullRequestStory, StoryFile } from '../../src/model/pull-request-story.ts';
import type { FileTree } from '../../src/model/source.ts';
import { createCompiler } from '../../src/pipeline.ts';
import { printedObject } from '../../src/pipelines/compare.ts';
import type { ProposedChange } from '../../src/pipelines/propose/propose.ts';
import { type Proposals, proposeChanges } from '../../src/pipelines/propose/propose.ts';

export type Edits = Readonly<Record<string, string | null>>;

/** What is proposed of edits to a repository that is rendered. */
export function proposed(base: Readonly<Record<string, string>>, edits: Edits, environments?: readonly string[]): Proposals {
  const tree: FileTree = new Map(Object.entries(base));
  const compiler = createCompiler(tree);
  return proposeChanges({
    base: tree,
    edits: new Map(Object.entries(edits)),
    rendered: (name) => compiler.compile(name).files,
    ...(environments === undefined ? {} : { environments }),
  });
}

export function storyOf(
  { key, digest, step, environments, inputs, waitsFor }: ProposedChange,
  words: Partial<PullRequestStory> = {},
): PullRequestStory {
  const files = [...inputs].map(([path, text]): StoryFile => ({ path, action: text === null ? 'delete' : 'update' }));
  return {
    trailer: { schema: 1, key, digest, base: '5ca1ab1e'.repeat(5), tool: '0.1.0', ...(step === undefined ? {} : { step }) },
    environments,
    ...(waitsFor === undefined ? {} : { waitsFor }),
    inputs: files,
    commands: { more: `mainsheet diff --env ${key.environment} --patch unified` },
    ...words,
  };
}

export function print(body: Json | undefined): string {
  return isObject(body) ? printedObject(body) : '';
}
