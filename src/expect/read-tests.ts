import type { ParsedDocument } from '../document/parse.ts';
import type { ParseFile } from '../document/remembering-parser.ts';
import { validate } from '../document/validate.ts';
import * as validators from '../generated/validators.js';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isList, isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { byCodePoint } from '../model/names.ts';
import type { FileTree } from '../model/source.ts';
import { multiplied } from './multiply.ts';
import type { CaseRequest, RoutingCase, ValidatorCase, ValidatorInput } from './routing-case.ts';

export interface ReadTests {
  readonly cases: readonly RoutingCase[];
  /** Of files in the format of istio-config-validator. */
  readonly validatorCases: readonly ValidatorCase[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads test files, in the order of their paths. A document with `testCases` is one of istio-config-validator. */
export function readTests(files: FileTree, parse: ParseFile): ReadTests {
  const cases: RoutingCase[] = [];
  const validatorCases: ValidatorCase[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [file, text] of [...files].sort(([a], [b]) => byCodePoint(a, b))) {
    const parsed = parse(file, text);
    diagnostics.push(...parsed.diagnostics);
    for (const document of parsed.value ?? []) {
      const { value, index } = document;
      const isValidators = value.testCases !== undefined && value.tests === undefined;
      const schema = isValidators ? validators.istioConfigValidator : validators.routingTests;
      const faults = validate(schema, value, (pointer, part) => ({
        file,
        document: index,
        pointer,
        ...(part === undefined ? {} : { part }),
      }));
      diagnostics.push(...faults);
      if (faults.length > 0) continue;
      if (isValidators) validatorCases.push(...validatorCasesOf(document));
      else cases.push(...casesOf(document));
    }
  }
  return { cases, validatorCases, diagnostics };
}

function casesOf({ file, index, value }: ParsedDocument): readonly RoutingCase[] {
  return listOr(value.tests).map((written, i) => {
    const { name, request, expect } = objectOr(written);
    const pointer = `/tests/${i}`;
    return {
      name: String(name),
      file,
      document: index,
      pointer,
      requests: requestsOf(request, `${pointer}/request`),
      expect: objectOr(expect),
    };
  });
}

function requestsOf(request: Json | undefined, pointer: string): readonly CaseRequest[] {
  const each = isList(request) ? request.map((one, i) => ({ one, at: `${pointer}/${i}` })) : [{ one: request, at: pointer }];
  return each.flatMap(({ one, at }) => multiplied(objectOr(one)).map((words) => ({ words, pointer: at })));
}

function validatorCasesOf({ file, index, value }: ParsedDocument): readonly ValidatorCase[] {
  return listOr(value.testCases).map((written, i): ValidatorCase => {
    const { description, wantMatch, request, ...asserted } = objectOr(written);
    return {
      name: String(description ?? `case ${i + 1}`),
      file,
      document: index,
      pointer: `/testCases/${i}`,
      inputs: inputsOf(objectOr(request)),
      wantMatch: wantMatch === true,
      asserted,
    };
  });
}

function inputsOf({ authority, method, uri, headers }: JsonObject): readonly ValidatorInput[] {
  const texts = (list: Json | undefined): readonly string[] => listOr(list).map(String);
  const sent = isObject(headers) ? Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])) : {};
  return texts(authority).flatMap((host) =>
    texts(method).flatMap((verb) =>
      texts(uri).map((path) => ({
        authority: host,
        method: verb,
        path: path.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '') || '/',
        headers: sent,
      })),
    ),
  );
}
