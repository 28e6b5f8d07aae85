/** What a finding says of a registry that has grown; said again when a part of it is allowed. */
import type { RegistryGrew } from './finding.ts'

type Grown = Pick<RegistryGrew, 'registry' | 'count' | 'added' | 'among' | 'outcome'>

export function registryGrewText({ registry, count, added, among, outcome }: Grown): string {
  const more = added.length > 10 ? ', ...' : ''
  const keys = added.length === 0 ? '' : `: ${added.slice(0, 10).join(', ')}${more}`
  const tests = among.length === 0 ? '' : ` while ${among.map(name => `"${name}"`).join(', ')} ran`
  return `the registry "${registry}" had grown by ${count}${keys}${tests}; it was ${outcome}`
}
