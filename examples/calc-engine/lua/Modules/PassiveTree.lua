-- The passive skills that a character has taken. They must stay connected to its start.
local tree = ...

local PassiveTree = {}
PassiveTree.__index = PassiveTree

function PassiveTree.new(start)
  return setmetatable({ start = start, allocated = { [start] = true } }, PassiveTree)
end

-- The shortest way from what is allocated to a node, the node last; nil if there is none.
function PassiveTree:PathTo(id)
  local came_from, queue = {}, {}
  for _, node in ipairs(self:Nodes()) do
    came_from[node.id] = false
    table.insert(queue, node.id)
  end
  for _, at in ipairs(queue) do
    if at == id then
      local path = {}
      while came_from[at] do
        table.insert(path, 1, at)
        at = came_from[at]
      end
      return path
    end
    for _, next_id in ipairs(tree.nodes[at].linked) do
      if came_from[next_id] == nil then
        came_from[next_id] = at
        table.insert(queue, next_id)
      end
    end
  end
end

-- Takes a node and all that lies on the way to it; answers how many points that cost.
function PassiveTree:Allocate(id)
  if not tree.nodes[id] then
    error('no passive skill ' .. tostring(id), 2)
  end
  local path = self:PathTo(id) or error('no way to ' .. id, 2)
  for _, step in ipairs(path) do
    self.allocated[step] = true
  end
  return #path
end

-- Gives a node back, and with it every node that only it connected.
function PassiveTree:Deallocate(id)
  if id == self.start then
    error('a character keeps its start', 2)
  end
  self.allocated[id] = nil
  local reached, queue = { [self.start] = true }, { self.start }
  for _, at in ipairs(queue) do
    for _, next_id in ipairs(tree.nodes[at].linked) do
      if self.allocated[next_id] and not reached[next_id] then
        reached[next_id] = true
        table.insert(queue, next_id)
      end
    end
  end
  self.allocated = reached
end

-- The allocated nodes, sorted by name: a build must not depend on the order of a Lua table.
function PassiveTree:Nodes()
  local nodes = {}
  for id in pairs(self.allocated) do
    table.insert(nodes, tree.nodes[id])
  end
  table.sort(nodes, function(a, b)
    return a.id < b.id
  end)
  return nodes
end

return PassiveTree
