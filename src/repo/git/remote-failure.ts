import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import { remoteAuthorized, remoteReachable } from './diagnostics.ts';
import { foreignText } from './foreign-text.ts';
import type { RemoteAnswer } from './transport.ts';

/** Git speaks English here: LC_ALL=C. */
const unauthorized =
  /Authentication failed|could not read (Username|Password)|terminal prompts disabled|Permission denied|returned error: 40[134]|[Rr]epository not found|HTTP Basic: Access denied|Permission to .* denied|not appear to be a git repository|repository '.*' not found|does not exist/;

/** Whether trying again may help: nobody was refused anything. */
export function isPassing(answer: RemoteAnswer): boolean {
  return answer.failure === 'timed-out' || !unauthorized.test(answer.errors);
}

/** Why a remote did not do what it was asked. */
export function remoteFailure(remote: string, answer: RemoteAnswer): Diagnostic {
  const words = answer.failure === 'timed-out' ? 'it gave no sign of life for too long' : foreignText(answer.errors, answer.secrets);
  const params = { remote, answer: words === '' ? `git ended with ${answer.code ?? 'a signal'}` : words };
  return diagnose(isPassing(answer) ? remoteReachable : remoteAuthorized, { params });
}
