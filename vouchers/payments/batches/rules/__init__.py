"""What a payment message must be, without a database: read, built, and checked rule by rule."""
