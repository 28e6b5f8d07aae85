/** Different results are different work: then there is nothing to compare. */
export function mustAgree(name: string, results: readonly unknown[]): void {
  if (results.every(result => result === results[0] && Number.isFinite(result))) return
  throw new Error(`The sides of '${name}' do not do the same work: they gave ${results.join(', ')}.`)
}
