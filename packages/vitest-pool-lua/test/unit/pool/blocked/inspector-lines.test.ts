import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { InspectorLines } from '../../../../src/pool/blocked/inspector-lines.ts'

const ADDRESS = 'ws://127.0.0.1:40161/70ff4105-fd36-4244-ba43-57ee249c48de'
const SAID = [
  `Debugger listening on ${ADDRESS}`,
  'For help, see: https://nodejs.org/learn/getting-started/debugging',
  'Debugger attached.',
  'Waiting for the debugger to disconnect...',
  `Debugger ending on ${ADDRESS}`,
  'For help, see: https://nodejs.org/learn/getting-started/debugging',
  '',
]

test('nothing is taken out before somebody asks for the address', async () => {
  const lines = new InspectorLines()
  lines.end(SAID.join('\n'))
  expect(await text(lines)).toBe(SAID.join('\n'))
})

test.each(['\n', '\r\n'])('lines are taken out however they arrive: line ends %j', async newline => {
  const lines = new InspectorLines()
  const address = lines.address(new AbortController().signal)
  const passed = text(lines)
  const all = `before\nhalf a line, ${SAID.join(newline)}zwölf\nDebugger of mine\nno end`
  for (const byte of Buffer.from(all)) lines.write(Buffer.from([byte]))
  lines.end()
  expect(await address).toBe(ADDRESS)
  expect(await passed).toBe('before\nhalf a line, zwölf\nDebugger of mine\nno end')
})

test('what is no text passes as it is', async () => {
  const lines = new InspectorLines()
  lines.address(new AbortController().signal).catch(() => {})
  const bytes = Buffer.from([0, 255, 10, 128, 195])
  lines.end(bytes)
  expect(Buffer.concat(await lines.toArray())).toEqual(bytes)
})

test('whoever asks hears when nobody waits any more', async () => {
  const over = new AbortController()
  const address = new InspectorLines().address(over.signal)
  over.abort()
  await expect(address).rejects.toThrow('did not say where it listens')
})
