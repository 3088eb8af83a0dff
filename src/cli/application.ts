import {
  type Application,
  buildApplication,
  help,
  type PartialApplicationConfiguration,
  text_en,
  version as versionFlag,
} from '@stricli/core';
import { visibleText } from '../report/visible-text.ts';
import type { CliContext } from './cli-context.ts';
import { commands } from './commands.ts';

/** The commands with their help, version and messages. Errors that a command throws pass through to whoever runs the application. */
export function application(version: string): Application<CliContext> {
  const info = { currentVersion: version };
  const config: PartialApplicationConfiguration = {
    name: 'mainsheet',
    versionInfo: info,
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    documentation: formatting,
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
  };
  const { briefs } = text_en;
  return buildApplication(commands, config, {
    help: help({ brief: briefs.help, alias: 'h', defaultForRouteMap: true, includeHidden: false, formatting }),
    // Without its usual alias: -H is a header, as in curl.
    helpAll: help({ brief: briefs.helpAll, alias: false, hidden: true, includeHidden: true, formatting }),
    version: versionFlag({ brief: briefs.version, info, alias: 'v', hook: 'app:start' }),
  });
}

const formatting = {
  caseStyle: 'convert-camel-to-kebab',
  onlyRequiredInUsageLine: true,
  alwaysShowHelpAllFlag: false,
  useAliasInUsageLine: false,
  disableAnsiColor: false,
} as const;

/** A value that cannot be read is the user's slip: its message is enough. */
const plainErrors = { formatException: (error: unknown): string => (error instanceof Error ? error.message : String(error)) };
