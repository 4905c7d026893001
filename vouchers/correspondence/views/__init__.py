"""Messages about an application (threads), and questions about a call (questions)."""
