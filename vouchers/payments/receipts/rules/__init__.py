"""When a payee is reminded, without a database."""
