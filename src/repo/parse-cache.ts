import { hash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import { makeFolders } from './make-folders.ts';
import { closeFolder, type OpenFolder, openRoot } from './open-folder.ts';
import { readFile } from './read-file.ts';
import { isTemporary, removeFile, writeFile } from './write-file.ts';

/**
 * Parsed documents by the SHA-256 of the text they were parsed from. Whatever is wrong with the file on disk, the cache is merely empty:
 * it costs time, never an error and never another result.
 */
export interface ParseCache {
  /** A fresh copy of what was put for this text; undefined when nothing was. */
  readonly get: (textHash: string) => JsonObject[] | undefined;
  readonly put: (textHash: string, documents: readonly JsonObject[]) => void;
  /** Writes what is new, whole or not at all; silently nothing where the folder cannot be written. */
  readonly save: () => void;
}

/** Grown past this, a save keeps only the entries that the run used. */
const keptBytes = 32 * 1024 * 1024;
/** What does not fit is not worth reading back. */
const fileBytes = 256 * 1024 * 1024;
const fileName = 'parsed-inputs';
const keyLength = 64;

/** The key of a text. */
export function textHash(text: string): string {
  return hash('sha256', text);
}

/**
 * Opens the cache in `folder`, which need not exist. Entries of another `toolVersion` are not seen: its parser may read otherwise.
 * The digest guards against damage, not against forgery, so `folder` must not be one that a commit can fill.
 */
export function loadParseCache(folder: string, toolVersion: string, kept: number = keptBytes): ParseCache {
  const stored = readStored(folder, toolVersion);
  const used = new Set<string>();
  const added = new Map<string, string>();
  return {
    get(key) {
      const text = added.get(key) ?? stored.get(key)?.();
      const documents = text === undefined ? undefined : parsed(text);
      if (documents !== undefined) used.add(key);
      return documents;
    },
    put(key, documents) {
      if (key.length !== keyLength || !documents.every(survivesJson)) return;
      added.set(key, JSON.stringify(documents));
      used.add(key);
    },
    save() {
      if (added.size > 0) quietly(() => writeStored(folder, toolVersion, entries(stored, added, used, kept)));
    },
  };
}

/** Reading and writing a cache may fail in any way without anyone needing to know. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

type Stored = ReadonlyMap<string, () => string>;

/** First line: format, tool version and digest of the rest. Then one line an entry: key, space, documents as JSON, which is parsed only on a hit. */
function header(toolVersion: string, payload: Buffer): string {
  return `${JSON.stringify({ mainsheet: 'parse-cache', format: 1, toolVersion, sha256: hash('sha256', payload) })}\n`;
}

function readStored(path: string, toolVersion: string): Stored {
  return quietly(() => inFolder(path, (folder) => index(readBytes(folder), toolVersion))) ?? new Map();
}

function readBytes(folder: OpenFolder): Buffer {
  const read = readFile(folder, fileName, fileBytes);
  return read.state === 'read' ? Buffer.from(read.bytes) : Buffer.alloc(0);
}

function index(file: Buffer, toolVersion: string): Stored {
  const start = file.indexOf(10) + 1;
  const payload = file.subarray(start);
  const lines = new Map<string, () => string>();
  if (file.toString('utf8', 0, start) !== header(toolVersion, payload)) return lines;
  for (let at = 0, end = payload.indexOf(10); end !== -1; at = end + 1, end = payload.indexOf(10, at)) {
    const [from, to] = [at + keyLength + 1, end];
    lines.set(payload.toString('latin1', at, at + keyLength), () => payload.toString('utf8', from, to));
  }
  return lines;
}

function entries(stored: Stored, added: ReadonlyMap<string, string>, used: ReadonlySet<string>, kept: number): ReadonlyMap<string, string> {
  const all = new Map([...stored].map(([key, text]) => [key, text()]));
  for (const [key, text] of added) all.set(key, text);
  let bytes = 0;
  for (const text of all.values()) bytes += text.length;
  return bytes <= kept ? all : new Map([...all].filter(([key]) => used.has(key)));
}

function writeStored(path: string, toolVersion: string, texts: ReadonlyMap<string, string>): void {
  let lines = '';
  for (const [key, text] of texts) lines += `${key} ${text}\n`;
  const payload = Buffer.from(lines);
  if (payload.length > fileBytes / 2) return;
  makeFolders(path);
  inFolder(path, (folder) => {
    for (const name of readdirSync(folder.path)) if (isTemporary(name)) removeFile(folder, name);
    writeFile(folder, fileName, Buffer.concat([Buffer.from(header(toolVersion, payload)), payload]));
  });
}

function inFolder<T>(path: string, work: (folder: OpenFolder) => T): T {
  const folder = openRoot(path);
  try {
    return work(folder);
  } finally {
    closeFolder(folder);
  }
}

function parsed(text: string): JsonObject[] | undefined {
  const documents = quietly((): Json => JSON.parse(text));
  return isList(documents) && documents.every(isObject) ? [...documents] : undefined;
}

/** JSON text drops the sign of -0 and turns NaN into null: such documents are parsed anew each time. */
function survivesJson(value: Json | undefined): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (isList(value)) return value.every(survivesJson);
  return isObject(value) ? Object.values(value).every(survivesJson) : value !== undefined;
}
