import { visibleText } from './visible-text.ts';

/**
 * A line that GitHub's runner obeys (docs.github.com, "Workflow commands"): `::error file=a.yaml,line=2::message`. Texts of others can neither
 * end it nor begin another.
 */
export function workflowCommand(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(visibleText(value))}`);
  return `::${name}${list.length === 0 ? '' : ` ${list.join(',')}`}::${escapeMessage(message)}\n`;
}

/** `%`, CR and LF, as actions/toolkit's `escapeData`. */
function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Also `:` and `,`, as actions/toolkit's `escapeProperty`. */
function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
