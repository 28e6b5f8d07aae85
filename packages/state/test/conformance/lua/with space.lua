return "text of \195\169"
