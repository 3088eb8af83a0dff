import { type Result, result, success } from '../../model/result.ts';
import { isNotFetched, notFetched } from './not-fetched.ts';
import { type GitRepository, gitFailure } from './repository.ts';

/** Contents by hash. A buffer is a view of one that holds all of them. */
export type Blobs = ReadonlyMap<string, Buffer>;

/** More than any repository of intents and manifests holds. */
const mostBytes = 512 * 1024 * 1024;

/**
 * The contents of files, by their hashes, in one command however many there are. No filter of `.gitattributes` runs: what is read is
 * what was committed. Errors: an object that a partial clone did not fetch.
 */
export async function readBlobs(repository: GitRepository, hashes: Iterable<string>): Promise<Result<Blobs>> {
  const wanted = [...new Set(hashes)];
  if (wanted.length === 0) return success(new Map());
  const input = wanted.map((hash) => `${hash}\n`).join('');
  const answer = await repository.run(['cat-file', '--batch', '--buffer'], { input, mostBytes });
  const isCutOff = isNotFetched(answer);
  if (answer.code !== 0 && !isCutOff) return result<Blobs>(new Map(), [gitFailure('read files of a commit', answer)]);
  const blobs = isCutOff ? new Map<string, Buffer>() : blobsIn(answer.output);
  const missing = wanted.filter((hash) => !blobs.has(hash));
  if (missing.length === 0) return success(blobs);
  const what = isCutOff ? 'the content of some files' : `the content of ${missing.length === 1 ? 'a file' : `${missing.length} files`}`;
  return { value: undefined, diagnostics: [notFetched(what)] };
}

/** `<hash> blob <bytes>\n<content>\n`, one behind the other; `<hash> missing\n` for what is not there. */
function blobsIn(batch: Buffer): Blobs {
  const blobs = new Map<string, Buffer>();
  for (let at = 0; at < batch.length; ) {
    const end = batch.indexOf(10, at);
    if (end === -1) break;
    const [hash = '', kind, size] = batch.subarray(at, end).toString('latin1').split(' ');
    if (kind === 'missing') {
      at = end + 1;
      continue;
    }
    const bytes = Number(size);
    blobs.set(hash, batch.subarray(end + 1, end + 1 + bytes));
    at = end + bytes + 2;
  }
  return blobs;
}
