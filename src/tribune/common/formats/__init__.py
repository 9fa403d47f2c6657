"""How each language writes days and clocks: the one place. `|date:"DATE_FORMAT"` and the `day` filter both read it."""
