/** Bytes as findings and terminals tell of them. */

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`
}
