import type { UserIdentity } from '../model/environment.ts';
import { originOf } from '../model/intent.ts';
import type { JsonObject } from '../model/json.ts';
import { derived, type Traced, traced } from '../model/origin.ts';
import type { PinWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { cookieMatch, quoteRegex } from './cookie-match.ts';
import { usersAreRecognised } from './reference-diagnostics.ts';
import { type OwnFields, readFields } from './route-fields.ts';
import type { Target } from './service.ts';
import { versionNamed } from './shares.ts';

export interface Pin {
  readonly match: readonly Traced<JsonObject>[];
  readonly version: Traced<string>;
  readonly own: OwnFields;
}

/** A target's pins in written order; the first that matches wins. */
export function pinsOf(context: ResolveContext, target: Target): readonly Pin[] {
  return (target.words.pins ?? []).map((pin, index) => {
    const pointer = `/pins/${index}`;
    const match = pin.users === undefined ? requestMatches(target, pin, pointer) : userMatches(context, target, pin.users, pointer);
    return {
      match,
      version: versionNamed(context, target, pin.version, `${pointer}/version`),
      own: readFields(context, target, pin, pointer),
    };
  });
}

function requestMatches(target: Target, pin: PinWords, pointer: string): readonly Traced<JsonObject>[] {
  return (pin.match ?? []).map((match, i) => traced(match, originOf(target.intent, `${pointer}/match/${i}`)));
}

function userMatches(context: ResolveContext, target: Target, users: readonly string[], pointer: string): readonly Traced<JsonObject>[] {
  const { user } = context.environment;
  const word = originOf(target.intent, pointer);
  if (user === undefined) {
    context.report(usersAreRecognised, {
      params: { environment: context.environment.name },
      at: originOf(target.intent, `${pointer}/users`).at ?? word.at,
    });
    return [];
  }
  return users.map((name, i) =>
    traced(
      userMatch(user, name),
      derived(originOf(target.intent, `${pointer}/users/${i}`), `users are recognised by ${user.by} ${user.name}`),
    ),
  );
}

/** How a request of this user looks. */
export function userMatch(user: UserIdentity, name: string): JsonObject {
  switch (user.by) {
    case 'header':
      return { headers: { [user.name]: { exact: name } } };
    case 'claim':
      return { headers: { [`@request.auth.claims.${user.name}`]: { exact: name } } };
    case 'cookie':
      return cookieMatch(user.name, quoteRegex(name));
  }
}

export function readsClaim(match: JsonObject): boolean {
  return [match.headers, match.withoutHeaders].some(
    (headers) =>
      typeof headers === 'object' &&
      headers !== null &&
      Object.keys(headers).some((name) => name.toLowerCase().startsWith('@request.auth.claims')),
  );
}
