/** The names of the runtimes. */
export const runtimeNames = ['fengari', 'wasmoon', 'luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4'] as const

export type RuntimeName = (typeof runtimeNames)[number]
