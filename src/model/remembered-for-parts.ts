/** How many answers are kept that end with the same part: an environment and those that share its last word. */
const most = 8;

/**
 * A memory of answers about lists of things, each told by its identity: an answer is kept while the list's last part lives. Only a
 * shortcut, so the answer has to follow from the parts alone.
 */
export function rememberedForParts<Part extends object, Answer>(): (parts: readonly Part[], answer: () => Answer) => Answer {
  const memory = new WeakMap<Part, readonly { readonly parts: readonly Part[]; readonly value: Answer }[]>();
  return (parts, answer) => {
    const last = parts.at(-1);
    if (last === undefined) return answer();
    const known = memory.get(last) ?? [];
    const found = known.find((one) => one.parts.length === parts.length && one.parts.every((part, i) => part === parts[i]));
    if (found !== undefined) return found.value;
    const value = answer();
    memory.set(last, [{ parts, value }, ...known].slice(0, most));
    return value;
  };
}
