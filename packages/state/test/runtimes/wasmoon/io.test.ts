import { Console } from 'node:console'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { thrownBy } from '../../fresh-state.ts'
import { freshWasmoon, openWasmoon } from './wasmoon-state.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lua wasmoon é '))
const descriptors = '/proc/self/fd'
const at = (name: string) => path.join(folder, name)
const given = (name: string, content: string | Uint8Array) => {
  writeFileSync(at(name), content)
  return at(name)
}

test('files are read by every format', () => {
  const file = given('formats.txt', '12 0x1F -1.5e1 x\nline two\n\nrest\nof it')
  const read = freshWasmoon().compile(`
    local f = assert(io.open(...))
    local a, b, c, d = f:read("n", "n", "n", "n")
    local tail, two, empty, kept = f:read("l", "L", "l", "L")
    local three, all, atEnd, none = f:read(2), f:read("a"), f:read("a"), f:read("l")
    f:close()
    return a, b, c, d, tail, two, empty, kept, three, all, atEnd, none`)
  const head = [12, 31, -15, undefined, 'x', 'line two\n', '', 'rest\n', 'of', ' it', '', undefined]
  expect(read.all(file)).toEqual(head)
})

test('modes w, a and r+ write where they should, and seek moves', () => {
  const lua = freshWasmoon()
  const file = at('written.txt')
  lua.execute('local f = io.open(..., "w") f:write("one", 2, "\\0\\255"):write("\\n") f:close()', file)
  expect([...readFileSync(file)]).toEqual([...Buffer.from('one2'), 0, 255, 10])
  lua.execute('local f = io.open(..., "ab") f:write("more") f:seek("set") f:write("!") f:close()', file)
  expect(readFileSync(file, 'latin1')).toBe('one2\0\xff\nmore!')
  const result = lua.execute.all(
    `local f = io.open(..., "r+")
    local first, here = f:read(3), f:seek()
    f:write("X")
    local size = f:seek("end")
    f:seek("set")
    return first, here, size, f:read(4), f:seek("cur", -2), f:read(1)`,
    file,
  )
  expect(result).toEqual(['one', 3, 12, 'oneX', 2, 'e'])
})

test('two handles of one file each have their own place', () => {
  const file = given('two.txt', 'abcdef')
  const chunk = `local a, b = io.open(...), io.open(...)
    return a:read(2), b:read(3), a:read(2), b:read("a")`
  expect(freshWasmoon().execute.all(chunk, file)).toEqual(['ab', 'abc', 'cd', 'def'])
})

test('a long file is read and written as it is', () => {
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 256)
  const [from, to] = [given('long.bin', bytes), at('copy.bin')]
  freshWasmoon().execute(
    `local from, to = ...
    local out = io.open(to, "wb")
    for block in io.lines(from, 8191) do out:write(block) end
    out:close()`,
    from,
    to,
  )
  expect(readFileSync(to).equals(bytes)).toBe(true)
})

test('names are bytes: any folder, any letter, through links', () => {
  const lua = freshWasmoon()
  mkdirSync(at('ünter'), { recursive: true })
  writeFileSync(path.join(at('ünter'), 'ﬁle 😀.txt'), 'here')
  if (!existsSync(at('link'))) symlinkSync(at('ünter'), at('link'))
  expect(lua.execute('return io.open(...):read("a")', at('link/ﬁle 😀.txt'))).toBe('here')
})

test('what fails has the words and the numbers of this system', () => {
  const lua = freshWasmoon()
  const { errno } = constants
  expect(lua.execute.all('return io.open("no/such/file")')).toEqual([
    undefined,
    'no/such/file: No such file or directory',
    errno.ENOENT,
  ])
  expect(lua.execute.all('return io.open(..., "w")', folder)).toEqual([
    undefined,
    `${folder}: Is a directory`,
    errno.EISDIR,
  ])
  expect(lua.execute.all('return os.remove(...)', at('nobody'))).toEqual([
    undefined,
    `${at('nobody')}: No such file or directory`,
    errno.ENOENT,
  ])
  expect(lua.execute.all('return os.rename(..., "x/y/z")', given('stays', ''))).toMatchObject([
    undefined,
    expect.stringContaining('No such file or directory'),
    errno.ENOENT,
  ])
  expect(lua.execute.all('return io.tmpfile():seek("set", -1)')).toEqual([
    undefined,
    'Invalid argument',
    errno.EINVAL,
  ])
  expect(thrownBy(() => lua.execute('io.open("x", "q")'))).toMatchObject({
    message: expect.stringContaining('invalid mode'),
  })
  expect(thrownBy(() => lua.execute('for l in io.lines("none") do end'))).toMatchObject({
    message: expect.stringContaining('No such file or directory'),
  })
})

test('os.remove removes empty folders too, and says of others that they are not empty', () => {
  const lua = freshWasmoon()
  mkdirSync(at('full/empty'), { recursive: true })
  expect(lua.execute.all('return os.remove(...)', at('full')).slice(0, 2)).toEqual([
    undefined,
    `${at('full')}: Directory not empty`,
  ])
  expect(lua.execute('return os.remove(...)', at('full/empty'))).toBe(true)
  expect(lua.execute('return os.remove(...)', at('full'))).toBe(true)
  expect(existsSync(at('full'))).toBe(false)
})

test('io.tmpfile leaves no file behind', () => {
  const lua = freshWasmoon()
  const before = temporaryFiles()
  expect(lua.execute('local f = io.tmpfile() f:write("x") f:seek("set") return f:read("a")')).toBe('x')
  expect(temporaryFiles()).toEqual(before)
})

test('standard input is at its end, and input and output can be redirected', () => {
  const lua = freshWasmoon()
  const [from, to] = [given('in.txt', 'input'), at('out.txt')]
  expect(lua.execute.all('return io.read(), io.read("a"), io.read("n"), io.stdin:read()')).toEqual([
    undefined,
    '',
    undefined,
    undefined,
  ])
  lua.execute('io.input((...)) io.output((select(2, ...))) io.write(io.read("a"), "!") io.close()', from, to)
  expect(readFileSync(to, 'utf8')).toBe('input!')
  expect(lua.execute.all('io.output(io.stdout) return io.output() == io.stdout, io.type(io.stdin)')).toEqual([
    true,
    'file',
  ])
})

test('io.write, print and io.stderr write to the console, at once and in their order', () => {
  const lua = freshWasmoon()
  const written: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(String(chunk))
      done()
    },
  })
  vi.stubGlobal('console', new Console(stream))
  try {
    lua.execute('io.write("a", 1) print("b") io.stderr:write("c\\n") io.stdout:write("d\\0")')
  } finally {
    vi.unstubAllGlobals()
  }
  expect(written.join('')).toBe('a1b\nc\nd\0')
})

test('a console that fails is an error of the file, and the state goes on', () => {
  const lua = freshWasmoon()
  vi.stubGlobal('console', {
    get _stdout() {
      throw new Error('no console')
    },
  })
  try {
    expect(lua.execute.all('return io.stdout:write("x")').slice(0, 2)).toEqual([undefined, 'I/O error'])
  } finally {
    vi.unstubAllGlobals()
  }
  expect(lua.eval('1 + 1')).toBe(2)
})

test.skipIf(!existsSync(descriptors))('files that are open are closed with their state', () => {
  const file = given('left open.txt', 'x')
  const state = openWasmoon()
  state.execute('left = io.open(...)', file)
  expect(openFiles()).toContain(file)
  state.close()
  expect(openFiles()).not.toContain(file)
})

/** As C names them. */
function temporaryFiles(): string[] {
  return readdirSync(tmpdir()).filter(name => name.startsWith('tmpfile_'))
}

/** What the descriptors of this process lead to, where the system tells. */
function openFiles(): string[] {
  return readdirSync(descriptors).map(descriptor => targetOf(path.join(descriptors, descriptor)))
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}
