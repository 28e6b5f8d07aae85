import { expect, test } from 'vitest'
import { loadLua, type RuntimeName, runtimeNames } from '../../src/index.ts'

test.each([...runtimeNames])(
  'what JS pushes first while a call is ended works afterwards: %s',
  async (runtime: RuntimeName) => {
    const open = await loadLua(runtime)
    const state = open()
    expect(() => state.execute('os.exit(3)')).toThrow('os.exit(3)')
    expect(state.execute('local date = ... return date:getTime()', new Date(5))).toBe(5)
    state.close()
  },
)
