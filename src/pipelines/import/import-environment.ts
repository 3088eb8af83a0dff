import { parseYaml } from '../../document/parse.ts';
import { patchDocument } from '../../document/patch-document.ts';
import { printIntent } from '../../document/print-intent.ts';
import { NEWEST_MINOR } from '../../istio/dialect.ts';
import type { UserIdentity } from '../../model/environment.ts';
import type { IstioVersion } from '../../model/istio-version.ts';
import { isObject, type JsonObject, listOr, objectOr, sameJson } from '../../model/json.ts';
import type { Manifest } from '../../model/manifest.ts';
import { userMatch } from '../../resolve/pins.ts';

/** The folder of an environment in which objects stay that no intent says. */
export const keptFolder = 'legacy/';

/** What an environment that is imported into says of itself. */
export interface EnvironmentWords {
  readonly istio?: IstioVersion;
  readonly namespace?: string;
  readonly user?: UserIdentity;
}

/** environment.yaml of an environment that is new. */
export function environmentText(name: string, { istio, namespace, user }: EnvironmentWords, keeps: boolean): string {
  return printIntent({
    environment: name,
    istio: istio?.text ?? `1.${NEWEST_MINOR}`,
    ...(namespace === undefined ? {} : { namespace }),
    ...(user === undefined ? {} : { user: { [user.by]: user.name } }),
    ...(keeps ? { manifests: [keptFolder] } : {}),
  });
}

/** environment.yaml as it is, with the folder of kept objects among its `manifests`. Undefined where it cannot be said there. */
export function withKeptFolder(text: string): string | undefined {
  const [document] = parseYaml('environment.yaml', text).value ?? [];
  if (document === undefined) return undefined;
  const manifests = listOr(document.value.manifests);
  if (manifests.some((folder) => String(folder).replace(/\/$/, '') === keptFolder.slice(0, -1))) return text;
  const patched = patchDocument(text, 0, { manifests: [...manifests, keptFolder] }, { keepsNull: () => false, keepsComments: true });
  return patched?.text;
}

/** The namespace that most objects are in, the first of equals; undefined where some name none. */
export function commonNamespace(objects: readonly Manifest[]): string | undefined {
  const count = new Map<string, number>();
  for (const { namespace } of objects) {
    if (namespace === undefined) return undefined;
    count.set(namespace, (count.get(namespace) ?? 0) + 1);
  }
  return [...count].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0];
}

/** Istio's samples tell users by this header, and many who began with them do, too. */
const customaryHeader = 'end-user';

/** How users are told where routes ask for the customary header. */
export function customaryUser(objects: readonly Manifest[]): UserIdentity | undefined {
  const asks = ({ kind, body }: Manifest): boolean =>
    kind === 'VirtualService' &&
    listOr(objectOr(body.spec).http).some((route) =>
      listOr(objectOr(route).match).some((match) => userIn({ by: 'header', name: customaryHeader }, objectOr(match)) !== undefined),
    );
  return objects.some(asks) ? { by: 'header', name: customaryHeader } : undefined;
}

/** The one whose requests a match takes, and no others. */
export function userIn(user: UserIdentity | undefined, match: JsonObject): string | undefined {
  const { headers } = match;
  if (user === undefined || !isObject(headers)) return undefined;
  const [condition] = Object.values(headers).map(objectOr);
  const { exact, regex } = condition ?? {};
  const name = user.by === 'cookie' ? cookieValue(user.name, regex) : exact;
  return typeof name === 'string' && name !== '' && sameJson(userMatch(user, name), match) ? name : undefined;
}

function cookieValue(cookie: string, regex: JsonObject[string] | undefined): string | undefined {
  if (typeof regex !== 'string') return undefined;
  const start = regex.indexOf(`${cookie}=`);
  const end = regex.lastIndexOf('(;');
  return start < 0 || end < start ? undefined : regex.slice(start + cookie.length + 1, end).replace(/\\(.)/g, '$1');
}
