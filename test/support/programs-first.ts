import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose tests start many programs: git, the built command, a shell. */
const startPrograms = /^test\/(action|cli|docs|hooks|package|release|repo)\//;
/** One test of theirs takes seconds: none of them may be what everyone waits for at the end. */
const takeLong = /^test\/(property\/|load\/damage|diff\/compare\.property|rollout\/model-check|resolve\/meaning)/;

/**
 * Programs first: starting one copies the page tables of who starts it, which costs a process that has grown by hundreds of tests twenty times
 * what it costs a young one. Then what takes long, and the short ones last, so that no worker is left alone. Among each other by size, as
 * vitest orders what it has no times of: the same order on every machine.
 */
export class ProgramsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placed = files.map((file) => {
      const path = relative(file.project.config.root, file.moduleId).replaceAll('\\', '/');
      return { file, path, rank: startPrograms.test(path) ? 0 : takeLong.test(path) ? 1 : 2, bytes: statSync(file.moduleId).size };
    });
    return placed.sort((a, b) => a.rank - b.rank || b.bytes - a.bytes || (a.path < b.path ? -1 : 1)).map(({ file }) => file);
  }
}
