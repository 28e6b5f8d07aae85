/** The plugin's block in what a run printed, with what differs from run to run written as N, FILE and so on. */
export function block(output: string): string {
  const start = output.indexOf(' Lua  ')
  if (start === -1) return `no block in:\n${output}`
  return output
    .slice(start)
    .replaceAll(/peak \d+ MB/g, 'peak N MB')
    .replaceAll(/(peak N MB) \(.*\)/g, '$1 (FILE)')
    .replaceAll(/process \d+/g, 'process N')
    .replaceAll(/: \d+\.\d s old.*$/gm, ': USAGE')
    .replaceAll(/\(tier \w+\)/g, '(tier TIER)')
    .trim()
}
