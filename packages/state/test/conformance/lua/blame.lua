function check(x)
  error("bad x", 2)
end
function use()
  check()
  return 1
end
