"""Steps that several actions share. They take the open transaction and never begin one."""
