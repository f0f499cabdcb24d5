"""What must hold across the files of the inventory: a function for each rule, by topic.

A rule takes the inventory and gives findings whose file is the path in the inventory's folder,
such as `services/hotjar.toml`; `check` adds the folder and the line.
"""
