"""When surveys are due and their mails go, and how what was typed is read and judged. Pure."""
