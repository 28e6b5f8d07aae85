/** The results of Vitest's tests and suites, as they cross between the processes. */
/** As Vitest has it: what of it crosses to the main process. */
export interface TaskResult {
  readonly state: string
  readonly errors?: readonly TaskError[]
  readonly duration?: number
  readonly retryCount?: number
  readonly note?: string | undefined
}

export interface TaskError {
  readonly name: string
  readonly message: string
  readonly stack: string
}
