"""What a payee answers, to whom its link goes, how finance settled it, and the filters of the list."""
