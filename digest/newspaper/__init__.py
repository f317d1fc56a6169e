"""Page text to articles: lines, then a class for each, then paragraphs, heads and the articles they make (`page`)."""
