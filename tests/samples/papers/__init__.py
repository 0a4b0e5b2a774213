"""Made-up documents of many kinds in five languages, with the truth of what they say and do not say."""
