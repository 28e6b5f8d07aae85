import { describe, expect, test } from 'vitest'
import { block } from '../bed/block.ts'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

describe.each(SUPPORTED)('on $name', bed => {
  test('sockets, watchers, streams and descriptors that tests leave open are named and closed', async () => {
    const run = await runVitest(bed, 'handles')
    expect(run.code, run.stdout).toBe(0)
    const [busy, left] = (run.report?.files ?? []).toSorted((one, other) =>
      one.file.localeCompare(other.file),
    )
    // fetch and http keep connections for the next request: nobody leaked those.
    expect(busy?.findings).toEqual([])
    expect(left?.engines).toEqual({ opened: 1, disposed: 1, left: 0 })
    expect(
      block(run.stdout)
        // How many there are is the system's affair.
        .replace(/^ +sockets .*\n/m, '')
        .replaceAll(/:\d{4,5} was/g, ':PORT was')
        .replaceAll(/descriptor \d+/g, 'descriptor N'),
    ).toMatchInlineSnapshot(`
      "Lua  2 files in 2 workers, on fengari
            engines     2 opened, 2 disposed, 0 left
            registries  put back 0 times
            processes   0 started, 0 ended
            memory      peak N MB (FILE)
            findings    0 errors, 7 warnings

       WARN  handle-left-open  test/handles.test.ts > leaves a stream
              file stream of test/handles.test.ts was left open and was disposed when the file ended
              at test/handles.test.ts:38:18
       WARN  handle-left-open  test/handles.test.ts > leaves watchers
              file watcher (fs.watchFile) was left open and was disposed when the file ended
              at test/handles.test.ts:34:3
       WARN  handle-left-open  test/handles.test.ts > leaves watchers
              file watcher (fs.watch) was left open and was disposed when the file ended
              at test/handles.test.ts:33:3
       WARN  handle-left-open  test/handles.test.ts > leaves a socket for datagrams
              UDP socket was left open and was disposed when the file ended
              at test/handles.test.ts:27:18
       WARN  handle-left-open  test/handles.test.ts > leaves a socket
              socket to 127.0.0.1:PORT was left open and was disposed when the file ended
              at test/handles.test.ts:22:18
       WARN  descriptor-left-open  test/handles.test.ts > leaves descriptors
              descriptor N (test/handles.test.ts) was left open and was closed when the file ended
              at test/handles.test.ts:43:3
       WARN  descriptor-left-open  test/handles.test.ts > leaves descriptors
              descriptor N (/dev/zero) was left open and was closed when the file ended
              at test/handles.test.ts:44:10"
    `)
  })

  test.runIf(process.platform === 'linux')(
    'a run that may open few files ends with who holds them, and what fails for it is a test',
    async () => {
      const run = await runVitest(bed, 'scarce', { descriptors: 128 })
      expect(run.code, run.stdout).toBe(1)
      expect(run.report?.files[0]?.tests).toEqual({ passed: 2, failed: 1, skipped: 0, lost: 0 })
      expect(run.stderr).toContain('EMFILE: too many open files, open')
      expect(run.report?.files[0]?.findings.map(({ text }) => text.replaceAll(/\d+/g, 'N'))).toEqual([
        'N of at most N descriptors are open (ulimit -n); N were opened during "opens seventy" (N files), N were opened during "opens a hundred more" (N files)',
        'N descriptors, from N on, (test/many.test.ts) were left open and were closed when the file ended',
        'N descriptors, from N on, (test/many.test.ts) were left open and were closed when the file ended',
      ])
      expect(run.report?.files[0]?.findings.map(({ at }) => at?.line)).toEqual([undefined, 9, 5])
    },
  )
})
