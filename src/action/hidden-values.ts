/**
 * Shows three stars in place of each token that the step knows: the input, and variables whose names say that they hold one. GitHub hides
 * registered secrets in logs and summaries; a token that a step has made itself, and files that it leaves, it does not.
 */
export function hidingTokens(variables: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const values = Object.entries(variables).flatMap(([name, value = '']) =>
    /(^|_)TOKEN$/.test(name) ? value.split(/\s+/).filter((part) => part.length >= shortestToken) : [],
  );
  // The longer first: one token may begin with another.
  const sorted = [...new Set(values)].sort((a, b) => b.length - a.length);
  return (text) => sorted.reduce((hidden, value) => hidden.replaceAll(value, '***'), text);
}

/** A shorter one would hide ordinary words. */
const shortestToken = 8;
