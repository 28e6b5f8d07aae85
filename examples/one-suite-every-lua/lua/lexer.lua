-- From a text to its tokens: { kind, text, line, column }. Columns count characters, not bytes.
local portable = require('portable')

local lexer = {}

local KEYWORDS = { rule = true, when = true, take = true, ['and'] = true, ['or'] = true, ['not'] = true, div = true }

-- The first that matches wins: so `<=` stands before `<`.
local PATTERNS = {
  { kind = 'blank', pattern = '^%s+' },
  { kind = 'blank', pattern = '^#[^\n]*' },
  { kind = 'number', pattern = '^%d+%.?%d*' },
  { kind = 'text', pattern = '^"[^"\n]*"' },
  { kind = 'name', pattern = '^[%a_][%w_]*' },
  { kind = 'symbol', pattern = '^[<>]=' },
  { kind = 'symbol', pattern = '^<>' },
  { kind = 'symbol', pattern = '^[=<>%+%-%*%%%(%)]' },
}

local function match(source, position)
  for _, candidate in ipairs(PATTERNS) do
    local first, last = source:find(candidate.pattern, position)
    if first then return candidate.kind, source:sub(first, last) end
  end
end

-- Line and column of a byte of the source.
local function place(source, position)
  local before = source:sub(1, position - 1)
  local _, lines = before:gsub('\n', '')
  return lines + 1, portable.length(before:match('[^\n]*$')) + 1
end

function lexer.fail(token, problem)
  error(('line %d, column %d: %s'):format(token.line, token.column, problem), 0)
end

function lexer.tokens(source)
  local tokens, position = {}, 1
  while position <= #source do
    local line, column = place(source, position)
    local kind, text = match(source, position)
    if kind == nil then lexer.fail({ line = line, column = column }, 'nothing of the language begins here') end
    if kind == 'name' and KEYWORDS[text] then kind = 'keyword' end
    if kind ~= 'blank' then tokens[#tokens + 1] = { kind = kind, text = text, line = line, column = column } end
    position = position + #text
  end
  local line, column = place(source, position)
  tokens[#tokens + 1] = { kind = 'end', text = 'the end', line = line, column = column }
  return tokens
end

return lexer
