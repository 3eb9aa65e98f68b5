"""The theorem base: values with citations, by topic. No logic lives here."""
