/** The names of runtimes, and which of them can be opened today. */
export const runtimeNames = ['fengari', 'wasmoon', 'luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4'] as const

export type RuntimeName = (typeof runtimeNames)[number]

export const availableRuntimes: readonly RuntimeName[] = ['fengari']

export function isRuntimeName(name: unknown): name is RuntimeName {
  return runtimeNames.some(known => known === name)
}
