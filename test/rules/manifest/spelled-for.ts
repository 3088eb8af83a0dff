import { apiVersionOf } from '../../../src/istio/dialect.ts';
import { parseIstioVersion } from '../../../src/model/istio-version.ts';

/** An object of today with the apiVersion that an older mesh serves; its other words stay as they are. */
export function spelledFor(istio: string | undefined, text: string): string {
  const { minor = 31 } = istio === undefined ? {} : (parseIstioVersion(istio) ?? {});
  return text.replace(/^apiVersion: .*\nkind: (.*)$/m, (_, kind: string) => `apiVersion: ${apiVersionOf(kind, minor)}\nkind: ${kind}`);
}
