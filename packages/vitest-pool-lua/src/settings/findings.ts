/** The settings that speak of findings: severities by kind, and what is allowed. */
import { FINDING_KINDS, FUTURE_KINDS } from '../protocol/finding.ts'
import type { FindingKind, Severity } from '../protocol/finding.ts'
import type { Allowance, Settings } from '../protocol/settings.ts'
import { bag, list, oneOf, requiredText } from './checks.ts'
import type { Problems } from './problem.ts'

const SEVERITIES = ['off', 'warn', 'error'] as const satisfies readonly Severity[]

export function severities(value: unknown, problems: Problems): Settings['findings'] {
  const given = bag(value, 'findings', { known: ['*', ...FINDING_KINDS], later: FUTURE_KINDS }, problems)
  const found: Partial<Record<FindingKind | '*', Severity>> = {}
  for (const kind of ['*', ...FINDING_KINDS] as const) {
    const severity = oneOf(given[kind], `findings.${kind}`, SEVERITIES, problems)
    if (severity !== undefined) found[kind] = severity
  }
  return found
}

export function allowances(value: unknown, problems: Problems): readonly Allowance[] {
  return list(value, 'allow', '{ kind, match, reason }', problems).flatMap((one, index) =>
    allowance(one, `allow[${index}]`, problems),
  )
}

function allowance(value: unknown, at: string, problems: Problems): Allowance[] {
  const given = bag(value ?? null, at, { known: ['kind', 'match', 'reason'] }, problems)
  const kind = oneOf(given.kind ?? null, `${at}.kind`, FINDING_KINDS, problems, FUTURE_KINDS)
  const match = requiredText(given.match, `${at}.match`, 'a part of the text or of the command', problems)
  const reason = requiredText(given.reason, `${at}.reason`, 'why this finding is expected', problems)
  if (kind === undefined || match === undefined || reason === undefined) return []
  return [{ kind, match, reason }]
}
