"""Words in two languages, refusals, pinyin, strict JSON and the system's errors."""
