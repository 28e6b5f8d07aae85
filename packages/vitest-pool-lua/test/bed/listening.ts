/** Resolves when somebody listens on a port of this machine. The test's own timeout is the limit. */
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export async function isListening(port: number): Promise<void> {
  while (!(await canConnect(port))) await pause(20)
}

function canConnect(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    const end = (can: boolean) => () => {
      socket.destroy()
      resolve(can)
    }
    socket.once('connect', end(true)).once('error', end(false))
  })
}
