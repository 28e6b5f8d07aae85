

local x = = 1
