/** Sets: texts without order. */
import { command, type Commands } from './command.ts'

export const setCommands: Commands = {
  SADD: command(-3, (keys, key: string, ...members) =>
    keys.change(key, 'set', set => {
      const before = set.size
      for (const member of members) set.add(member)
      return set.size - before
    }),
  ),
  SREM: command(-3, (keys, key: string, ...members) =>
    keys.change(key, 'set', set => members.filter(member => set.delete(member)).length),
  ),
  SCARD: command(2, (keys, key: string) => keys.read(key, 'set').size),
  SISMEMBER: command(3, (keys, key: string, member: string) => Number(keys.read(key, 'set').has(member))),
  SMEMBERS: command(2, (keys, key: string) => [...keys.read(key, 'set')]),
}
