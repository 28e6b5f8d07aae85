/** The public surface: see README.md. */
export const placeholder = true
