import { expect, test } from 'vitest'
import { completeRecord } from '../../../../src/pool/file/file-record.ts'
import type { FileHistory } from '../../../../src/pool/file/file-record.ts'
import { death, fileRecord, MEGABYTE, processLeftRunning, registryGrew } from '../../samples.ts'

const NAMES = { run: 'run-9', runtime: 'luajit', file: 'test/orders.test.ts' }
const IDENTITY = { ...NAMES, tier: 'brand' } as const
const HISTORY: FileHistory = { deaths: [], pids: [100], findings: [], luaFiles: new Set() }

function dying(...sizes: readonly number[]) {
  return death({ memory: sizes.map((size, ms) => ({ ms, rss: size * MEGABYTE })) })
}

test('of a file with one worker the record stays as this one wrote it', () => {
  const record = fileRecord()
  expect(completeRecord({ lua: record }, IDENTITY, HISTORY)).toEqual(record)
})

test('where no worker lived to write one, there is one', () => {
  const deaths = [dying(50, 70, 60)]
  expect(completeRecord({}, IDENTITY, { ...HISTORY, deaths, pids: [100, 200] })).toEqual({
    ...NAMES,
    deaths,
    workers: [
      { pid: 100, reused: false },
      { pid: 200, reused: false },
    ],
    findings: [],
    engines: { opened: 0, disposed: 0, left: 0 },
    registries: { putBack: 0 },
    processes: { started: 0, ended: 0, tier: 'brand' },
    memory: { start: 50 * MEGABYTE, peak: 70 * MEGABYTE, end: 60 * MEGABYTE },
    luaFiles: [],
  })
})

test('its memory is that of the first worker at the start, of any at most, and of the last at the end', () => {
  const memory = { start: 40 * MEGABYTE, peak: 60 * MEGABYTE, end: 50 * MEGABYTE }
  const record = { lua: fileRecord({ memory }) }
  const deaths = [dying(30, 90), dying(45, 55)]
  expect(completeRecord(record, IDENTITY, { ...HISTORY, deaths }).memory).toEqual({
    start: 30 * MEGABYTE,
    peak: 90 * MEGABYTE,
    end: 50 * MEGABYTE,
  })
})

test('what the main process found stands behind what the worker found', () => {
  const own = { ...registryGrew(), severity: 'warn' } as const
  const ours = { ...processLeftRunning(), severity: 'warn' } as const
  const record = { lua: fileRecord({ findings: [own], processes: { started: 2, ended: 1, tier: 'proc' } }) }
  const more = [ours, { ...ours, outcome: 'survived' as const }]
  const { findings, processes } = completeRecord(record, IDENTITY, { ...HISTORY, findings: more })
  expect(findings).toEqual([own, ...more])
  expect(processes).toEqual({ started: 4, ended: 2, tier: 'proc' })
})

test('Lua files are those of all workers, each once', () => {
  const record = { lua: fileRecord({ luaFiles: ['lua/b.lua', 'lua/c.lua'] }) }
  const history = { ...HISTORY, luaFiles: new Set(['lua/c.lua', 'lua/a.lua']) }
  expect(completeRecord(record, IDENTITY, history).luaFiles).toEqual(['lua/a.lua', 'lua/b.lua', 'lua/c.lua'])
})
