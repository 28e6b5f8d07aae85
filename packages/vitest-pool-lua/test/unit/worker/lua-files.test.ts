import { expect, test } from 'vitest'
import type { JournalEntry } from '../../../src/protocol/journal.ts'
import { journalLuaFiles, luaFilesOf } from '../../../src/worker/lua-files.ts'

const state = (...files: readonly string[]) => ({ loadedFiles: new Set(files) })

test('files of all states are named once, in order', () => {
  expect(luaFilesOf({ states: [state('/b.lua', '/a.lua'), state('/b.lua')] })).toEqual(['/a.lua', '/b.lua'])
})

test('the journal hears of a file once, however many states load it', () => {
  const entries: JournalEntry[] = []
  const tell = journalLuaFiles({ write: entry => entries.push(entry) })
  const states = [state()]
  tell(undefined)
  tell({ states })
  states[0]?.loadedFiles.add('/a.lua')
  tell({ states })
  tell({ states })
  states.push(state('/a.lua'))
  tell({ states })
  states.push(state('/a.lua', '/b.lua'))
  tell({ states })
  expect(entries).toEqual([
    { type: 'lua-loaded', files: ['/a.lua'] },
    { type: 'lua-loaded', files: ['/b.lua'] },
  ])
})
