/** Words as a person types them into a POSIX shell (POSIX.1, "Shell Command Language", single quotes). */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
