declare const MAINSHEET_VERSION: string | undefined;

/** Written in by the build from package.json; running from source has none. */
export const version: string = typeof MAINSHEET_VERSION === 'string' ? MAINSHEET_VERSION : '0.0.0-source';
