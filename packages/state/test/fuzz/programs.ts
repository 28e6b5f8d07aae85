/**
 * Random programs of Lua, in what every version understands alike: no arithmetic and no `..` (integers and floats), no
 * `#`, no `pairs`, no message of Lua's own (`try` tells only whether it went well), no metamethods that ask both sides.
 * They end: each function that runs ticks, and a program has few ticks. `return (...)` is no tail call.
 */
import * as fc from 'fast-check'

/** What the programs need; a state has it from the start. */
export const prelude = `
  local left = 0
  function wind() left = 40 end
  function tick() left = left - 1 if left < 0 then error('out of ticks', 0) end end
  function try(...) return (pcall(...)) end`

const words = ['nil', 'true', 'false', '1', '2.5', '"x"', '"\\0\\255"', 'a', 'b', 'c', '(...)']
const names = fc.constantFrom('a', 'b', 'c')
const word = fc.constantFrom(...words)
const event = fc.constantFrom('__index', '__newindex', '__call', '__concat', '__tostring', '__gc', '__mode')

/** A pattern with `$` for each part. */
function made(pattern: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  const [first = '', ...rest] = pattern.split('$')
  return fc.tuple(...parts).map(texts => first + rest.map((text, at) => texts[at] + text).join(''))
}

const { block } = fc.letrec<{ expression: string; statement: string; block: string }>(tie => {
  const [e, body] = [tie('expression'), tie('block')]
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 3, arbitrary: word },
      made('{$, $}', e, e),
      made('{x = $}', e),
      made('{[$] = $}', e, e),
      made('($).x', e),
      made('($)[$]', e, e),
      made('($)($, $)', e, e, e),
      { weight: 2, arbitrary: made('function(...) tick() $ end', body) },
      made('(($) == ($))', e, e),
      made('(($) < ($))', e, e),
      made('(($) and ($))', e, e),
      { weight: 2, arbitrary: made('try($, $)', e, e) },
      made('type($)', e),
      made('select("#", $)', e),
      made('error($, 0)', e),
      made('coroutine.wrap($)', e),
      { weight: 2, arbitrary: made('setmetatable({}, {$ = $})', event, e) },
    ),
    statement: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 2, arbitrary: made('$ = $', names, e) },
      made('local $ = $', names, e),
      made('$.x = $', names, e),
      made('$[$] = $', names, e, e),
      made('if $ then $ end', e, body),
      made('local _ = $', e),
      made('for v in $ do tick() $ end', e, body),
    ),
    block: made(
      '$ return ($)',
      fc.array(tie('statement'), { maxLength: 3 }).map(all => all.join(' ')),
      e,
    ),
  }
})

export const program = block.map(text => `wind() ${text}`)
