/** Whether a warning of Istio's about a rendered object is proven false. */
export function isFalse() {
  return false;
}
