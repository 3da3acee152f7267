/** The round number, divisible by four, at which an axis for values up to `highest` ends. */
export function axisTop(highest: number): number {
  const least = Math.max(highest, 4);
  const unit = 10 ** Math.floor(Math.log10(least));
  const top = [1, 2, 4, 6, 8, 10].map((step) => step * unit).find((value) => value >= least);
  return Math.max(4, top ?? 10 * unit);
}
