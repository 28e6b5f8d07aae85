/**
 * From what a guard found to what the run is told: allowances and severities.
 *
 *     judge(discoveries, settings) // findings, each with its severity; 'off' and allowed ones are gone
 */
import type { Discovery, Finding, FindingKind, Severity } from './finding.ts'
import type { Allowance, Settings } from './settings.ts'

export function judge(
  discoveries: readonly Discovery[],
  settings: Pick<Settings, 'findings' | 'allow'>,
): Finding[] {
  return discoveries.flatMap(discovery => {
    const severity = severityOf(discovery.kind, settings)
    if (severity === 'off' || settings.allow.some(allowance => allows(allowance, discovery))) return []
    return [{ ...discovery, severity }]
  })
}

export function severityOf(kind: FindingKind, settings: Pick<Settings, 'findings'>): Severity {
  return settings.findings[kind] ?? settings.findings['*'] ?? 'warn'
}

function allows(allowance: Allowance, discovery: Discovery): boolean {
  if (allowance.kind !== discovery.kind) return false
  const command = discovery.kind === 'process-left-running' ? discovery.command : ''
  return discovery.text.includes(allowance.match) || command.includes(allowance.match)
}
