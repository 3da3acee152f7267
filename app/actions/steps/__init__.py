"""Steps that several verbs share. They take the open transaction and never begin one."""
