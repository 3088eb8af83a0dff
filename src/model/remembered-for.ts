/** A question about a mesh, or about an object of one, that is answered once however many rules ask. */
export function rememberedFor<Subject extends object, Answer>(answer: (subject: Subject) => Answer): (subject: Subject) => Answer {
  const answers = new WeakMap<Subject, { readonly value: Answer }>();
  return (subject) => {
    const known = answers.get(subject);
    if (known !== undefined) return known.value;
    const value = answer(subject);
    answers.set(subject, { value });
    return value;
  };
}
