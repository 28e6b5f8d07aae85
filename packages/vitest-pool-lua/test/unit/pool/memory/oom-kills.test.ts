import { expect, test } from 'vitest'
import { linuxOomKills, oomKills } from '../../../../src/pool/memory/oom-kills.ts'
import { temporaryProject } from '../../temporary-project.ts'

const V1 = '5:devices:/\n4:cpu,memory:/job/one\n1:cpu:/\n0::/\n'
const V2 = '0::/job/one\n'
const CONTROL = 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n'
const EVENTS = 'low 0\nhigh 7\nmax 9\noom 5\noom_kill 4\noom_group_kill 1\n'

test.each([
  ['the second generation', V2, { 'sys/fs/cgroup/job/one/memory.events': EVENTS }, 4],
  ['the first generation', V1, { 'sys/fs/cgroup/memory/job/one/memory.oom_control': CONTROL }, 3],
  ['a container of the second generation', V2, { 'sys/fs/cgroup/memory.events': EVENTS }, 4],
  ["a container that knows its host's path", V1, { 'sys/fs/cgroup/memory/memory.oom_control': CONTROL }, 3],
  [
    'both, where the first has the memory',
    V1,
    {
      'sys/fs/cgroup/memory.events': EVENTS,
      'sys/fs/cgroup/memory/job/one/memory.oom_control': CONTROL,
    },
    3,
  ],
])("the kernel's count is read in %s", (_, cgroups, files, kills) => {
  const system = temporaryProject({ 'proc/self/cgroup': cgroups, ...files })
  expect(linuxOomKills(system)).toBe(kills)
})

test('where nobody counts there is no count', () => {
  expect(linuxOomKills(temporaryProject())).toBeNull()
  expect(linuxOomKills(temporaryProject({ 'proc/self/cgroup': '0::/\n' }))).toBeNull()
  const old = { 'proc/self/cgroup': V1, 'sys/fs/cgroup/memory/memory.oom_control': 'under_oom 0\n' }
  expect(linuxOomKills(temporaryProject(old))).toBeNull()
})

test.runIf(process.platform === 'linux')('on Linux it is the count of this process', () => {
  expect(oomKills()).toBe(linuxOomKills('/'))
})

test.skipIf(process.platform === 'linux')('elsewhere nobody counts', () => {
  expect(oomKills()).toBeNull()
})
