import { isObject, type Json, listOr } from '../../model/json.ts';
import type { CommitStatus } from '../../model/pull-request.ts';
import { statusState } from './github-answers.ts';

/** What was written down of a commit's statuses; a file that someone broke says nothing. */
export function readLocalStatuses(text: string): readonly CommitStatus[] {
  return listOr(parsed(text)).flatMap((item) => {
    if (!isObject(item) || typeof item.name !== 'string' || typeof item.state !== 'string') return [];
    const { name, state, description, url } = item;
    const status = { name, state: statusState(state), description: typeof description === 'string' ? description : '' };
    return [typeof url === 'string' ? { ...status, url } : status];
  });
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
