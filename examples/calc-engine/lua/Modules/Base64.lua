-- Base64 that is safe in addresses: '-' and '_' for '+' and '/', and no padding.
local alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

local value_of = {}
for at = 1, #alphabet do
  value_of[alphabet:sub(at, at)] = at - 1
end

local Base64 = {}

function Base64.encode(bytes)
  local out = {}
  for at = 1, #bytes, 3 do
    local a, b, c = bytes:byte(at, at + 2)
    local group = a * 65536 + (b or 0) * 256 + (c or 0)
    for place = 0, c and 3 or b and 2 or 1 do
      local digit = math.floor(group / 64 ^ (3 - place)) % 64
      table.insert(out, alphabet:sub(digit + 1, digit + 1))
    end
  end
  return table.concat(out)
end

-- The bytes, or nil if the text holds anything else.
function Base64.decode(text)
  local out, group, bits = {}, 0, 0
  for character in text:gmatch('.') do
    local value = value_of[character]
    if not value then
      return nil
    end
    group = (group * 64 + value) % 16777216
    bits = bits + 6
    if bits >= 8 then
      bits = bits - 8
      table.insert(out, string.char(math.floor(group / 2 ^ bits) % 256))
    end
  end
  return table.concat(out)
end

return Base64
