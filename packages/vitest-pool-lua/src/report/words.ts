/** How the terminal block names and paints what it tells of. */
import { styleText } from 'node:util'
import type { FileReport } from '../protocol/file-report.ts'

type Style = Parameters<typeof styleText>[0]

export type Paint = (style: Style, text: string) => string

/** @param colors whether the stream that it goes to shows them */
export function painter(colors: boolean): Paint {
  return (style, text) => (colors ? styleText(style, text, { validateStream: false }) : text)
}

/** With its project, as Vitest shows it: two projects may run the same file. */
export function fileText({ project, file }: FileReport): string {
  return project === '' ? file : `|${project}| ${file}`
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
