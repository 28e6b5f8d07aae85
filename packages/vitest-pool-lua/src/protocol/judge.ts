/**
 * From what a guard found to what the run is told: allowances and severities.
 *
 *     judge(discoveries, settings) // findings, each with its severity; 'off' and allowed ones are gone
 */
import type { Discovery, Finding, FindingKind, RegistryGrew, Severity } from './finding.ts'
import { registryGrewText } from './registry-grew.ts'
import type { Allowance, Settings } from './settings.ts'

export function judge(
  discoveries: readonly Discovery[],
  settings: Pick<Settings, 'findings' | 'allow'>,
): Finding[] {
  return discoveries.flatMap(discovery => {
    const severity = severityOf(discovery.kind, settings)
    if (severity === 'off') return []
    const remaining = withoutAllowed(discovery, settings.allow)
    return remaining === null ? [] : [{ ...remaining, severity }]
  })
}

export function severityOf(kind: FindingKind, settings: Pick<Settings, 'findings'>): Severity {
  return settings.findings[kind] ?? settings.findings['*'] ?? 'warn'
}

function withoutAllowed(discovery: Discovery, allow: readonly Allowance[]): Discovery | null {
  const matches = allow.filter(({ kind }) => kind === discovery.kind).map(({ match }) => match)
  if (discovery.kind === 'registry-grew' && discovery.added.length > 0) return withoutKeys(discovery, matches)
  const command = 'command' in discovery ? discovery.command : ''
  const allowed = matches.some(match => discovery.text.includes(match) || command.includes(match))
  return allowed ? null : discovery
}

/** One finding speaks of all keys of a registry: an allowed one must not hide the others. */
function withoutKeys(grown: RegistryGrew, matches: readonly string[]): RegistryGrew | null {
  if (matches.some(match => grown.registry.includes(match))) return null
  const added = grown.added.filter(key => !matches.some(match => key.includes(match)))
  if (added.length === 0) return null
  const left = { ...grown, added, count: added.length }
  return { ...left, text: registryGrewText(left) }
}
