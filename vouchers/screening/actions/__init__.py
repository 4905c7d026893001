"""Every write about screening, by topic; the worker's tasks are queued by `uploading`."""
