declare const MAINSHEET_VERSION: string | undefined;
declare const MAINSHEET_BUILD: string | undefined;

/** Written in by the build from package.json; running from source has none. */
export const version: string = typeof MAINSHEET_VERSION === 'string' ? MAINSHEET_VERSION : '0.0.0-source';

/** Tells two builds of one version apart: what one of them remembers is nothing to the other. */
export const build: string = typeof MAINSHEET_BUILD === 'string' ? MAINSHEET_BUILD : 'source';
