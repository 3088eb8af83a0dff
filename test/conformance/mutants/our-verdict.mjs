import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const library = pathToFileURL(resolve(import.meta.dirname, '../../../dist/index.mjs')).href;
const { checkManifests } = await import(library);

/** Rules about objects among each other: a lone object has no one to be judged beside. */
const amongOthers = /^MS(5[789]|5001)/;

/**
 * What `check --manifests` says of one object alone, in a mesh of this minor.
 * @returns {{errors: {code: string, name: string, message: string}[], warnings: {code: string, name: string, message: string}[]}}
 */
export function ourVerdict(object, minor) {
  const { diagnostics } = checkManifests(new Map([['object.yaml', JSON.stringify(object)]]), { istio: { minor, text: `1.${minor}` } });
  const found = diagnostics.map(({ code, name, message, severity }) => ({ code, name, message, severity }));
  return {
    errors: found.filter(({ code, severity }) => severity === 'error' && !amongOthers.test(code)),
    warnings: found.filter(({ severity }) => severity === 'warning'),
  };
}
