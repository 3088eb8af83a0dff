import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import type { ForgeFailure } from '../../model/forge.ts';
import {
  forgeAccepts,
  forgeAgrees,
  forgeAllows,
  forgeAnswers,
  forgeAuthorizes,
  forgeFinds,
  forgeHasRoom,
  forgeSpeaksItsApi,
} from './diagnostics.ts';

const definitions = {
  unauthorized: forgeAuthorizes,
  forbidden: forgeAllows,
  absent: forgeFinds,
  conflict: forgeAgrees,
  invalid: forgeAccepts,
  limited: forgeHasRoom,
  unavailable: forgeAnswers,
  unreadable: forgeSpeaksItsApi,
} as const;

/** The finding that says so. */
export function diagnoseFailure({ kind, message, advice }: ForgeFailure): Diagnostic {
  return diagnose(definitions[kind], { params: { message }, hints: advice === undefined ? [] : [advice] });
}
