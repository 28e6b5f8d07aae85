import { expect, test } from 'vitest'
import { disposeAll, loadLua, onStateClosed, onStateOpened, openStates, type LuaState } from '../src/index.ts'
import { thrownBy } from './fresh-state.ts'

const open = await loadLua('fengari')

test('openStates lists what is open, in order, with the place', () => {
  const states = [open(), open()]
  expect(openStates().map(({ state }) => state)).toEqual(states)
  expect(openStates()[0]).toMatchObject({ runtime: 'fengari', openedAt: { file: import.meta.filename } })
  for (const state of states) state.close()
  expect(openStates()).toEqual([])
})

test('disposeAll closes the last opened first and collects what fails', () => {
  const closed: LuaState[] = []
  const stop = onStateClosed(({ state }) => closed.push(state))
  const states = [open(), open(), open()]
  const failing = onStateClosed(({ state }) => {
    if (state === states[1]) throw new Error('a listener fails')
  })
  const failures = disposeAll()
  stop()
  failing()
  expect(closed).toEqual(states.toReversed())
  expect(failures).toMatchObject([{ message: 'a listener fails' }])
  expect(states.every(state => state.closed)).toBe(true)
})

test('a host hears of each state that opens, until it ends the subscription', () => {
  const opened: LuaState[] = []
  const stop = onStateOpened(({ state }) => opened.push(state))
  const state = open()
  stop()
  const other = open()
  expect(opened).toEqual([state])
  state.close()
  other.close()
})

test('closing twice is closing once', () => {
  const state = open()
  state.close()
  state.close()
  state[Symbol.dispose]()
  expect(state.closed).toBe(true)
})

test('closing in a callback waits until no call is running', () => {
  const state = open()
  state.globals.close = () => state.close()
  expect(state.execute('close() return "still here"')).toBe('still here')
  expect(openStates()).toEqual([])
})

test('use after close says where the state was opened and closed', () => {
  const state = open()
  const { globals } = state
  const add = state.eval('function(a, b) return a + b end')
  state.close()
  const here = `${import.meta.filename}:`
  for (const use of [() => state.eval('1'), () => globals.x, () => add(1, 2), () => state.table()]) {
    expect(thrownBy(use)).toMatchObject({
      code: 'LUA_STATE_CLOSED',
      message: expect.stringMatching(`opened at ${here}\\d+:\\d+ and closed at ${here}\\d+:\\d+`),
    })
  }
})

test('a state whose opening a listener refuses is closed again', () => {
  const stop = onStateOpened(() => {
    throw new Error('refused')
  })
  const before = openStates().length
  expect(thrownBy(() => open())).toMatchObject({ message: 'refused' })
  stop()
  expect(openStates()).toHaveLength(before)
})
