import type { JsonObject } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import type { RequestWords } from '../model/request-words.ts';
import type { RepoPath } from '../model/source.ts';

/** A case of a test file: requests, and what each of them must become. */
export interface RoutingCase {
  readonly name: string;
  readonly file: RepoPath;
  readonly document: number;
  /** '/tests/0' */
  readonly pointer: Pointer;
  readonly requests: readonly CaseRequest[];
  /** As written; see src/load/schemas/routing-tests.json. */
  readonly expect: JsonObject;
}

export interface CaseRequest {
  readonly words: RequestWords;
  /** Of the request that it is one of. */
  readonly pointer: Pointer;
}

/** A case as istio-config-validator writes it. */
export interface ValidatorCase {
  readonly name: string;
  readonly file: RepoPath;
  readonly document: number;
  /** '/testCases/0' */
  readonly pointer: Pointer;
  readonly inputs: readonly ValidatorInput[];
  readonly wantMatch: boolean;
  /** route, redirect, rewrite, fault, headers, delegate: those that are given. */
  readonly asserted: JsonObject;
}

export interface ValidatorInput {
  readonly authority: string;
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}
