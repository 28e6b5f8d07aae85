-- Discounts by rules. Amounts are cents.
--
--     local apply = require('rules').load [[
--       rule "Ten or more"
--       when quantity >= 10
--       take 15%
--     ]]
--     apply { price = 250, quantity = 12 }
--     -- { total = 2550, discounts = { { name = 'Ten or more', amount = 450 } } }
local parser = require('parser')
local portable = require('portable')

local rules = {}

-- All that a rule may use.
local ENVIRONMENT = {
  divide = portable.divide,
  field = function(order, name)
    local value = order[name]
    if value == nil then error(('the order has no "%s"'):format(name), 2) end
    return type(value) == 'number' and portable.float(value) or value
  end,
}

-- In brackets: a tail call would leave no frame, and its error no place, in 5.1.
local function compile(rule)
  local source = ('local order = ... if %s then return (%s) end'):format(rule.condition, rule.amount)
  return assert(portable.compile(source, ('=rule "%s"'):format(rule.name), ENVIRONMENT))
end

local function discountOf(rule, order, sum)
  local amount = rule.run(order)
  if amount == nil then return 0 end
  return rule.percent and portable.divide(sum * amount, 100) or amount
end

-- No discount takes more than what is left.
local function apply(compiled, order)
  local sum = portable.float(order.price) * order.quantity
  local total, discounts = sum, {}
  for _, rule in ipairs(compiled) do
    local amount = math.min(discountOf(rule, order, sum), total)
    if amount > 0 then
      total = total - amount
      discounts[#discounts + 1] = { name = rule.name, amount = amount }
    end
  end
  return { total = total, discounts = discounts }
end

function rules.load(source)
  local compiled = parser.parse(source)
  for _, rule in ipairs(compiled) do rule.run = compile(rule) end
  return function(order) return apply(compiled, order) end
end

-- 123456 is '1234.56'. `%d` would do in 5.1; since 5.3 it refuses floats that are no integers of the runtime.
function rules.money(cents)
  local whole = portable.divide(cents, 100)
  return ('%.0f.%02.0f'):format(whole, cents - whole * 100)
end

return rules
