
error("on load")
