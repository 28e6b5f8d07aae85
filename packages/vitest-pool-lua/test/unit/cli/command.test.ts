import { expect, test } from 'vitest'
import { HELP, commandOf } from '../../../src/cli/command.ts'

test('sweep is understood, with and without --dry-run', () => {
  expect(commandOf(['sweep'])).toEqual({ kind: 'sweep', dryRun: false })
  expect(commandOf(['sweep', '--dry-run'])).toEqual({ kind: 'sweep', dryRun: true })
})

test.each([[[]], [['--help']], [['sweep', '-h']]])('%j shows the help', args => {
  expect(commandOf(args)).toEqual({ kind: 'help' })
})

test.each([
  [['swep'], "there is no command 'swep': the one there is is 'sweep'"],
  [['sweep', 'all'], "there is no command 'sweep all'"],
  [['--dry-run'], "there is no command ''"],
  [['sweep', '--force'], "Unknown option '--force'"],
])('%j is refused', (args, says) => {
  expect(commandOf(args)).toEqual({ kind: 'refused', says: expect.stringContaining(says) as string })
})

test('the help names every option and exit code', () => {
  expect(HELP).toMatch(/--dry-run/)
  expect(HELP).toMatch(/Exit codes: 0 .* 1 .* 2 /)
})
