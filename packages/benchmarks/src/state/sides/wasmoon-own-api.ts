/** wasmoon as its documentation shows it: a factory, engines, functions that come out as functions of JS. */
import { decorateProxy, LuaFactory, type LuaEngine } from 'wasmoon'
import { chunks, someText, type Border, type OpenLua, type Side } from './side.ts'

export function wasmoonOwnApi(): Side {
  const factory = new LuaFactory()
  return { name: 'own API', open: async () => opened(await factory.createEngine()) }
}

function opened(engine: LuaEngine): OpenLua {
  return {
    compile: chunk => engine.doStringSync(chunk),
    border: () => borderOf(engine),
    close: () => engine.global.close(),
  }
}

function borderOf(engine: LuaEngine): Border {
  const add = engine.doStringSync(chunks.add)
  const echo = engine.doStringSync(chunks.echo)
  engine.global.set('callback', (value: number) => value + 1)
  const callBack = engine.doStringSync(chunks.callBack)
  engine.global.set('callback', (text: string) => text)
  const callBackWithText = engine.doStringSync(chunks.callBackWithText)
  engine.doStringSync(`list = (function() ${chunks.list} end)() keys = (function() ${chunks.keys} end)()`)
  const readKey = engine.doStringSync(chunks.readKey)
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
    // It has no live tables: reading one is copying it. A list comes as an array.
    sumList() {
      let sum = 0
      for (const [index, value] of engine.global.get('list').entries()) sum += index + 1 + value
      return sum
    },
    sumKeys() {
      let sum = 0
      for (const [key, value] of Object.entries<number>(engine.global.get('keys'))) sum += key.length + value
      return sum
    },
    // Without this option it would be a userdata, no table.
    passObject: object => readKey(decorateProxy(object, { proxy: false })),
  }
}
