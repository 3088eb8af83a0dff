// Nothing: what is measured is Node itself.
