return (select(2, ...)) or true
