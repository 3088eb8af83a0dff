import { isObject, type Json, listOr } from '../../model/json.ts';
import type { CommitStatus } from '../../model/pull-request.ts';
import { statusState } from './github-answers.ts';

/** What was written down of a commit's statuses; a file that someone broke says nothing. What has no time of its own is as old as the file. */
export function readLocalStatuses(text: string, writtenAt?: number): readonly CommitStatus[] {
  return listOr(parsed(text)).flatMap((item) => {
    if (!isObject(item) || typeof item.name !== 'string' || typeof item.state !== 'string') return [];
    const { name, state, description, url } = item;
    const at = typeof item.at === 'number' && Number.isSafeInteger(item.at) ? item.at : writtenAt;
    const status = { name, state: statusState(state), description: typeof description === 'string' ? description : '' };
    return [{ ...status, ...(typeof url === 'string' ? { url } : {}), ...(at === undefined ? {} : { at }) }];
  });
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
