import { type Application, buildApplication, text_en } from '@stricli/core';
import { visibleText } from '../report/visible-text.ts';
import type { CliContext } from './cli-context.ts';
import { commands } from './commands.ts';

/** The commands with their help, version and messages. Errors that a command throws pass through to whoever runs the application. */
export function application(version: string): Application<CliContext> {
  return buildApplication(commands, {
    name: 'mainsheet',
    versionInfo: { currentVersion: version },
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    documentation: { caseStyle: 'convert-camel-to-kebab', onlyRequiredInUsageLine: true },
    completion: { includeAliases: false },
    localization: {
      text: {
        ...text_en,
        noCommandRegisteredForInput: (args) =>
          `error: there is no command ${visibleText(text_en.noCommandRegisteredForInput(args).replace('No command registered for ', ''))}\n` +
          '`mainsheet --help` lists the commands.',
        exceptionWhileParsingArguments: (error, color) =>
          `error: ${visibleText(text_en.exceptionWhileParsingArguments.call(plainErrors, error, color))}`,
      },
    },
  });
}

/** A value that cannot be read is the user's slip: its message is enough. */
const plainErrors = { formatException: (error: unknown): string => (error instanceof Error ? error.message : String(error)) };
