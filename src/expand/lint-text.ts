import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { blockDepth, scanTags, type Tag } from './scan-tags.ts';
import { templateLanguage, templateSyntax, templateWithinLimit } from './template-diagnostics.ts';
import { lineSpan, offsetSpan, type TemplateSource } from './template-source.ts';

/** Blocks inside blocks. */
const nestingLimit = 32;

/** What is settled before Handlebars reads a template: depth, because its time grows with it, and what its tree would not show. */
export function lintText(source: TemplateSource): readonly Diagnostic[] {
  const tags = scanTags(source.code);
  const findings = tags.filter(({ kind }) => kind !== 'comment').flatMap((tag) => lintTag(source, tag));
  const raw = /\\+(?=\{\{)|\{\{\{\{/.exec(source.code);
  if (raw !== null) {
    const params = { construct: 'escaped or raw `{{`', instead: 'let `{{node path}}` bring a text that holds braces' };
    findings.push(diagnose(templateLanguage, { params, at: offsetSpan(source, raw.index, 4) }));
  }
  const { depth, deepest } = blockDepth(tags);
  if (depth > nestingLimit && deepest !== undefined) {
    const params = { measure: 'blocks stand inside each other', limit: `${nestingLimit} levels deep` };
    findings.push(diagnose(templateWithinLimit, { params, at: offsetSpan(source, deepest.start, deepest.text.length) }));
  }
  return findings;
}

function lintTag(source: TemplateSource, { text, start }: Tag): readonly Diagnostic[] {
  const refuse = (construct: string, instead: string) => [
    diagnose(templateLanguage, { params: { construct, instead }, at: offsetSpan(source, start, text.length) }),
  ];
  if (text.includes('\n')) return refuse('tags over several lines', 'write the tag on one line');
  if (text.startsWith('{{~') || text.endsWith('~}}')) {
    return refuse('whitespace control `~`', 'a tag alone on its line already takes the line with it');
  }
  return text.includes('(') ? refuse('subexpressions `(…)`', 'name a field of the view') : [];
}

/** Why Handlebars could not read a template. Its own message quotes the template; only its kind and its line are kept. */
export function syntaxFinding(source: TemplateSource, error: unknown): Diagnostic {
  const message = error instanceof Error ? error.message : '';
  const unclosed = message.includes("got 'EOF'") ? lastOpen(scanTags(source.code)) : undefined;
  if (unclosed !== undefined) {
    const at = offsetSpan(source, unclosed.start, unclosed.text.length);
    return diagnose(templateSyntax, { params: { problem: 'this block is never closed' }, at });
  }
  const [, onLine, dashLine] = /on line (\d+)|- (\d+):\d+$/.exec(message) ?? [];
  const crossed = message.includes("doesn't match");
  const problem = crossed ? 'a block is closed by the tag of another one' : 'a tag is not written as Handlebars expects';
  return diagnose(templateSyntax, { params: { problem }, at: lineSpan(source, Number(onLine ?? dashLine ?? 1)) });
}

function lastOpen(tags: readonly Tag[]): Tag | undefined {
  const open: Tag[] = [];
  for (const tag of tags) {
    if (tag.kind === 'open') open.push(tag);
    else if (tag.kind === 'close') open.pop();
  }
  return open.at(-1);
}
