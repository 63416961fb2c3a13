"""Turn curators' drafts into a reviewed edit of the data folder; knows neither Discord nor the database."""
