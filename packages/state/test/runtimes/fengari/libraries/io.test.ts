import { Console } from 'node:console'
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { openLua } from '../../../../src/index.ts'
import { freshState, thrownBy } from '../../../fresh-state.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lua io '))
const at = (name: string) => path.join(folder, name)
const given = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content)
  return at(name)
}

test('files are read by every format', () => {
  const lua = freshState()
  const file = given('formats.txt', '12 0x1F -1.5e1 x\nline two\n\nrest\nof it')
  const read = lua.compile(`
    local f = assert(io.open(...))
    local a, b, c, d = f:read("n", "*n", "n", "n")
    local tail, two, empty, kept = f:read("l", "L", "*l", "L")
    local three, all, atEnd, none = f:read(2), f:read("a"), f:read("a"), f:read("l")
    f:close()
    return a, b, c, d, tail, two, empty, kept, three, all, atEnd, none`)
  expect(read.all(file)).toEqual([
    12,
    31,
    -15,
    undefined,
    'x',
    'line two\n',
    '',
    'rest\n',
    'of',
    ' it',
    '',
    undefined,
  ])
})

test('modes w, a and r+ write where they should, and seek moves', () => {
  const lua = freshState()
  const file = at('written.txt')
  lua.execute('local f = io.open(..., "w") f:write("one", 2, "\\0\\255"):write("\\n") f:close()', file)
  expect([...readFileSync(file)]).toEqual([...Buffer.from('one2'), 0, 255, 10])
  lua.execute('local f = io.open(..., "ab") f:write("more") f:close()', file)
  const result = lua.execute.all(
    `local f = io.open(..., "r+")
    local first = f:read(3)
    local here = f:seek()
    f:write("X")
    local size = f:seek("end")
    f:seek("set", 0)
    return first, here, size, f:read("l"), f:seek("set", -1)`,
    file,
  )
  expect(result.slice(0, 3)).toEqual(['one', 3, 11])
  expect(result[4]).toBeUndefined()
  expect(readFileSync(file).subarray(0, 4).toString()).toBe('oneX')
})

test('lines gives each line, closes the file at its end, and takes formats', () => {
  const lua = freshState()
  const file = given('lines.txt', 'a\nb\nc')
  expect(lua.execute('local t = {} for l in io.lines(...) do t[#t + 1] = l end return t', file)).toEqual([
    'a',
    'b',
    'c',
  ])
  expect(
    lua.execute('local t = {} for c in io.lines(..., 1) do t[#t + 1] = c end return t', file),
  ).toHaveProperty('5', 'c')
  expect(lua.execute('local f = io.open(...) for l in f:lines("L") do end return io.type(f)', file)).toBe(
    'file',
  )
  expect(thrownBy(() => lua.execute('for l in io.lines("none") do end'))).toMatchObject({
    message: expect.stringContaining('none: No such file or directory'),
  })
})

test('what fails is nil, a message and a number', () => {
  const lua = freshState()
  expect(lua.execute.all('return io.open("no/such/file")')).toEqual([
    undefined,
    'no/such/file: No such file or directory',
    2,
  ])
  expect(thrownBy(() => lua.execute('io.open("x", "q")'))).toMatchObject({
    message: expect.stringContaining('invalid mode'),
  })
  expect(thrownBy(() => lua.execute('local f = io.tmpfile() f:close() f:read()'))).toMatchObject({
    message: expect.stringContaining('attempt to use a closed file'),
  })
})

test('input and output can be redirected; standard input is at its end', () => {
  const lua = freshState()
  const [from, to] = [given('in.txt', 'input'), at('out.txt')]
  expect(lua.execute.all('return io.read(), io.read("a"), io.read("n")')).toEqual([undefined, '', undefined])
  lua.execute(
    'local from, to = ... io.input(from) io.output(to) io.write(io.read("a"), "!") io.close()',
    from,
    to,
  )
  expect(readFileSync(to, 'utf8')).toBe('input!')
  expect(
    lua.execute.all('io.output(io.stdout) return io.output() == io.stdout, io.type(io.stdin), io.type(1)'),
  ).toEqual([true, 'file', undefined])
})

test('io.popen says that it is not there', () => {
  const lua = freshState()
  expect(lua.capabilities.popen).toBe(false)
  expect(thrownBy(() => lua.execute('io.popen("ls")'))).toMatchObject({
    message: expect.stringContaining('fengari'),
  })
})

test('a Lua file that is opened counts as loaded; open files are closed with the state', async () => {
  const file = given('data.lua', 'return 1')
  const state = await openLua('fengari')
  const handle = state.execute('return io.open(...)', file)
  expect(handle).toBeDefined()
  expect([...state.loadedFiles]).toEqual([file])
  state.close()
  expect(openDescriptors()).not.toContain(file)
})

/** What the descriptors of this process lead to, where the system tells. */
function openDescriptors(): string[] {
  const folderOfDescriptors = '/proc/self/fd'
  if (!existsSync(folderOfDescriptors)) return []
  return readdirSync(folderOfDescriptors).map(descriptor =>
    targetOf(path.join(folderOfDescriptors, descriptor)),
  )
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}

test('failures have the words and numbers of the system', () => {
  const lua = freshState()
  expect(lua.execute.all('return io.open(..., "w")', folder)).toEqual([
    undefined,
    `${folder}: Is a directory`,
    21,
  ])
  expect(lua.execute.all('return io.tmpfile():seek("set", -1)')).toEqual([undefined, 'Invalid argument', 22])
  expect(() => lua.execute('io.tmpfile():setvbuf("big")')).toThrow("invalid option 'big'")
})

test('io.tmpfile leaves no file behind', () => {
  const lua = freshState()
  const before = readdirSync(tmpdir()).filter(name => name.startsWith(`lua_${process.pid}_`))
  expect(lua.execute('local f = io.tmpfile() f:write("x") f:seek("set") return f:read("a")')).toBe('x')
  expect(readdirSync(tmpdir()).filter(name => name.startsWith(`lua_${process.pid}_`))).toEqual(before)
})

test('io.write and print write to the same console', () => {
  const lua = freshState()
  const written: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(String(chunk))
      done()
    },
  })
  vi.stubGlobal('console', new Console(stream))
  try {
    lua.execute('io.write("a", 1) print("b") io.stdout:write("c\\n")')
  } finally {
    vi.unstubAllGlobals()
  }
  expect(written.join('')).toBe('a1b\nc\n')
})
