return require("rules").name
