import { didYouMean } from '../../model/names.ts';
import { renderDiagnosticPage } from '../../report/diagnostic-page.ts';
import { type CliContext, hasColor } from '../cli-context.ts';
import { usageError } from '../usage-error.ts';

/** 'MS5001' in any case: no intent can be meant, because names are lower case and four digits alone are not. */
export function isCode(subject: string): boolean {
  return /^ms\d{4}$/i.test(subject);
}

/** The page of a diagnostic code. */
export async function codeText(context: CliContext, code: string): Promise<string> {
  const { catalog, catalogEntry } = await import('../../catalog.ts');
  const entry = catalogEntry(code);
  if (entry !== undefined) return renderDiagnosticPage(entry, { color: hasColor(context.process.stdout) });
  const known = catalog.map((each) => each.code);
  throw usageError(`there is no diagnostic ${code.toUpperCase()}`, didYouMean(code.toUpperCase(), known));
}
