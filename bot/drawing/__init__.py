"""Draw the article's figures as a picture."""
