/**
 * Where the shared library of a native runtime is, by platform, and what installs it.
 *
 * Names go to the system's loader, which knows its own folders; folders that it does not know follow as paths.
 */
import type { RuntimeName } from '../../runtime-names.ts'

export type NativeRuntime = Exclude<RuntimeName, 'fengari' | 'wasmoon'>

interface Place {
  readonly names: readonly string[]
  readonly install: string
}

const brew = ['/opt/homebrew/lib', '/usr/local/lib', '/opt/local/lib']

export function libraryPlace(runtime: NativeRuntime, platform: NodeJS.Platform = process.platform): Place {
  if (platform === 'darwin') return macPlace(runtime)
  return platform === 'win32' ? windowsPlace(runtime) : unixPlace(runtime)
}

function unixPlace(runtime: NativeRuntime): Place {
  if (runtime === 'luajit') {
    return {
      names: ['libluajit-5.1.so.2', 'libluajit-5.1.so', 'libluajit.so'],
      install:
        'Debian and Ubuntu: apt-get install libluajit-5.1-2; Fedora: dnf install luajit; Alpine: apk add luajit; ' +
        'Arch: pacman -S luajit',
    }
  }
  const version = runtime.slice(3)
  const plain = version.replace('.', '')
  return {
    // Debian, Fedora and Arch, Alpine; the last two need the development package.
    names: [
      `liblua${version}.so.0`,
      `liblua-${version}.so`,
      `liblua.so.${version}`,
      `liblua${version}.so`,
      `liblua${plain}.so`,
      `liblua${version}.so.5`,
    ],
    install:
      `Debian and Ubuntu: apt-get install liblua${version}-0; Fedora: dnf install lua-libs (5.4) or ` +
      `compat-lua-libs (5.1); Alpine: apk add lua${version}-libs; Arch: pacman -S lua${plain}`,
  }
}

function macPlace(runtime: NativeRuntime): Place {
  const version = runtime.slice(3)
  const files =
    runtime === 'luajit'
      ? ['libluajit-5.1.2.dylib', 'libluajit-5.1.dylib', 'libluajit.dylib']
      : [`liblua.${version}.dylib`, `liblua${version}.dylib`]
  const folders =
    runtime === 'luajit'
      ? brew
      : [...brew, `/opt/homebrew/opt/lua@${version}/lib`, `/usr/local/opt/lua@${version}/lib`]
  const formula = runtime === 'luajit' ? 'luajit' : `lua@${version}`
  return {
    names: [...files, ...folders.flatMap(folder => files.map(file => `${folder}/${file}`))],
    install: `macOS: brew install ${formula}, or port install ${runtime === 'luajit' ? 'luajit' : `lua${version.replace('.', '')}`}`,
  }
}

function windowsPlace(runtime: NativeRuntime): Place {
  const plain = runtime === 'luajit' ? '51' : runtime.slice(3).replace('.', '')
  return {
    names:
      runtime === 'luajit'
        ? ['luajit.dll', 'luajit-5.1.dll', 'lua51.dll']
        : [`lua${plain}.dll`, `lua${runtime.slice(3)}.dll`, `liblua${plain}.dll`],
    install:
      runtime === 'luajit'
        ? 'Windows: put lua51.dll of LuaJIT (built by msvcbuild.bat, or from MSYS2: pacman -S mingw-w64-x86_64-luajit) on the PATH'
        : `Windows: put lua${plain}.dll (https://luabinaries.sourceforge.net, "Windows x64 DLL") on the PATH`,
  }
}
