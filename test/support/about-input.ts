/** Notes that say what the input does not show: every smallest example lacks the cluster around it. Tests that mean them ask for them. */
export function isAboutInput({ code }: { readonly code: string }): boolean {
  return /^MS579\d$/.test(code);
}
