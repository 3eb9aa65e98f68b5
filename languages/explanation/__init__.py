"""Why a language falls where it does, in words, with what shows it."""
