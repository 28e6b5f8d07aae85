-- From tokens to rules: { name, condition, amount, percent }, where condition and amount are expressions in
-- the form of Lua source. By precedence climbing.
local lexer = require('lexer')

local parser = {}

-- Lower binds weaker; `form` is how Lua says it.
local OPERATORS = {
  ['or'] = { level = 1, form = '(%s or %s)' },
  ['and'] = { level = 2, form = '(%s and %s)' },
  ['='] = { level = 3, form = '(%s == %s)' },
  ['<>'] = { level = 3, form = '(%s ~= %s)' },
  ['<'] = { level = 3, form = '(%s < %s)' },
  ['<='] = { level = 3, form = '(%s <= %s)' },
  ['>'] = { level = 3, form = '(%s > %s)' },
  ['>='] = { level = 3, form = '(%s >= %s)' },
  ['+'] = { level = 4, form = '(%s + %s)' },
  ['-'] = { level = 4, form = '(%s - %s)' },
  ['*'] = { level = 5, form = '(%s * %s)' },
  div = { level = 5, form = 'divide(%s, %s)' },
}
local COMPARISON, SIGN = 3, 6

local Parser = {}
Parser.__index = Parser

function Parser:peek()
  return self.tokens[self.position]
end

function Parser:take()
  local token = self:peek()
  self.position = self.position + 1
  return token
end

function Parser:takes(text)
  if self:peek().text ~= text or self:peek().kind == 'text' then return false end
  self:take()
  return true
end

function Parser:expected(what)
  local token = self:peek()
  lexer.fail(token, ('%s was expected, but here is %s'):format(what, token.text))
end

-- Names are looked up as texts: `goto` is a name in Lua 5.1 and a word of the language in others.
function Parser:primary()
  local token = self:peek()
  if token.kind == 'number' then return self:take().text end
  if token.kind == 'text' then return ('%q'):format(self:take().text:sub(2, -2)) end
  if token.kind == 'name' then return ('field(order, %q)'):format(self:take().text) end
  if not self:takes('(') then self:expected('a value') end
  local inner = self:expression(1)
  if not self:takes(')') then self:expected('")"') end
  return inner
end

function Parser:unary()
  if self:takes('not') then return ('(not %s)'):format(self:expression(COMPARISON)) end
  if self:takes('-') then return ('(-%s)'):format(self:expression(SIGN)) end
  return self:primary()
end

-- The operator that comes next, if it binds at least so strongly.
function Parser:operator(least)
  local token = self:peek()
  local operator = token.kind ~= 'text' and OPERATORS[token.text]
  return operator and operator.level >= least and operator
end

function Parser:expression(least)
  local left = self:unary()
  local operator = self:operator(least)
  while operator do
    self:take()
    left = operator.form:format(left, self:expression(operator.level + 1))
    operator = self:operator(least)
  end
  return left
end

function Parser:rule()
  if not self:takes('rule') then self:expected('"rule"') end
  if self:peek().kind ~= 'text' then self:expected('the name of the rule in quotes') end
  local rule = { name = self:take().text:sub(2, -2), condition = 'true' }
  if self:takes('when') then rule.condition = self:expression(1) end
  if not self:takes('take') then self:expected('"take"') end
  rule.amount = self:expression(1)
  rule.percent = self:takes('%')
  return rule
end

function parser.parse(source)
  local self = setmetatable({ tokens = lexer.tokens(source), position = 1 }, Parser)
  local rules = {}
  while self:peek().kind ~= 'end' do rules[#rules + 1] = self:rule() end
  return rules
end

return parser
