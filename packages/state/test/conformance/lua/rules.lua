#!/usr/bin/lua
return {name = ..., line = debug.getinfo(1, "l").currentline}
