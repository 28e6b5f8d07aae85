/**
 * Work that Lua does alone, in chunks that run on every version and give the same number on each: calls
 * (`fib`), strings and tables. A smaller size is for `--quick`.
 *
 * A program has something alive while it works: here 1,000 small tables. Without them the figures would say
 * whether all of Lua's heap fits into the processor's first cache, where 7 kB more, whatever they are, cost
 * strings 8 % on Lua 5.4 and 20 % on LuaJIT.
 */
export interface Workload {
  readonly name: string
  /** A chunk that returns a function without parameters. */
  readonly chunk: string
}

export function workloads(quick: boolean): Workload[] {
  const size = quick ? 500 : 20_000
  return [
    { name: 'workload: fib', chunk: fib(quick ? 16 : 27) },
    { name: 'workload: strings', chunk: strings(size) },
    { name: 'workload: tables', chunk: tables(size) },
  ]
}

const alive = 'local alive = {} for i = 1, 1000 do alive[i] = { i } end'

function fib(n: number): string {
  return `
    local const alive = 'local alive = {} for i = 1, 1000 do alive[i] = { i } end'

function fib(n)
      if n < 2 then return n end
      return fib(n - 1) + fib(n - 2)
    end
    return function() return fib(${n}) end`
}

function strings(count: number): string {
  return `
    ${alive}
    return function()
      local words, length = {}, #alive
      for i = 1, ${count} do
        local word = string.format('item %d of %s', i, 'the shop')
        word = word:upper():gsub('O', '0')
        if word:find('7', 1, true) then length = length + #word:rep(2) end
        words[i % 50 + 1] = word:sub(6)
        if i % 50 == 0 then length = length + #table.concat(words, ', ') end
      end
      return length
    end`
}

function tables(count: number): string {
  return `
    ${alive}
    return function()
      local list, byKey, sum = {}, {}, #alive
      for i = 1, ${count} do list[#list + 1] = (i * 7919) % 10007 end
      table.sort(list)
      for i, value in ipairs(list) do byKey['k' .. value % 500] = { at = i, value = value } end
      for _, entry in pairs(byKey) do sum = sum + entry.at % 13 + entry.value % 17 end
      while #list > 10 do sum = sum + table.remove(list) % 3 end
      return sum
    end`
}
