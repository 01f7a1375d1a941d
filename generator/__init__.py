"""Causebook: validated YAML about causes, mechanisms, questions and tips in; a cross-linked site out."""
