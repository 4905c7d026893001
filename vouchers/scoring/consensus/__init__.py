"""Where assessments differ too much: the discussion, and the scores that were agreed."""
