"""Pages of selections, feedback, awards, requests for review and dossiers."""
