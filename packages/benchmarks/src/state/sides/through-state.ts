/** The side that is measured: a Lua state of this project, used as its documentation shows. */
import { entriesOf, loadLua, type LuaState, type RuntimeName } from '@vitest-pool-lua/state'
import { chunks, someText, type Border, type OpenLua, type Side } from './side.ts'

export async function throughState(runtime: RuntimeName): Promise<Side> {
  const open = await loadLua(runtime)
  return { name: 'state', open: () => opened(open()) }
}

function opened(state: LuaState): OpenLua {
  return {
    compile: chunk => state.execute(chunk),
    border: () => borderOf(state),
    close: () => state.close(),
  }
}

function borderOf(state: LuaState): Border {
  const add = state.execute(chunks.add)
  const echo = state.execute(chunks.echo)
  state.globals['callback'] = (value: number) => value + 1
  const callBack = state.execute(chunks.callBack)
  state.globals['callback'] = (text: string) => text
  const callBackWithText = state.execute(chunks.callBackWithText)
  const list = state.execute(chunks.list)
  const keys = state.execute(chunks.keys)
  const readKey = state.execute(chunks.readKey)
  return {
    addNumbers(times) {
      let sum = 0
      for (let i = 0; i < times; i++) sum += add(i, 2)
      return sum
    },
    echoText(times) {
      let length = 0
      for (let i = 0; i < times; i++) length += echo(someText).length
      return length
    },
    callBack,
    callBackWithText,
    sumList() {
      let sum = 0
      for (const [key, value] of entriesOf(list)) sum += key + value
      return sum
    },
    sumKeys() {
      let sum = 0
      for (const [key, value] of entriesOf(keys)) sum += key.length + value
      return sum
    },
    passObject: readKey,
  }
}
