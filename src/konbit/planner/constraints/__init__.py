"""The laws of the model, one function each, named as in the definition and in the check."""
