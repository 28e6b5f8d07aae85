/**
 * What a worker printed and Vitest was not told of: the journal and the messages come by two ways, in any order.
 */
export interface Printed {
  /** In the journal. */
  wrote(text: string): void
  /** By a message, as many characters. */
  told(length: number): void
  untold(): string
}

export function printed(): Printed {
  let text = ''
  let ahead = 0
  const settle = (): void => {
    const known = Math.min(ahead, text.length)
    text = text.slice(known)
    ahead -= known
  }
  return {
    wrote(more) {
      text += more
      settle()
    },
    told(length) {
      ahead += length
      settle()
    },
    untold: () => text,
  }
}
