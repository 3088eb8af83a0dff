/**
 * What we refuse and Istio's validation accepts, on purpose. Each with the code, what the message says, and why.
 * @type {{code: string, message: RegExp, kinds?: string[], why: string}[]}
 */
export const stricterChoices = [];

/** Why an error of ours about an object that Istio accepts is meant; undefined where it is not. */
export function stricterChoice({ code, message }, { kind }) {
  return stricterChoices.find((one) => one.code === code && one.message.test(message) && (one.kinds ?? [kind]).includes(kind))?.why;
}
