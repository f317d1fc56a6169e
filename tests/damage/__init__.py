"""Pages made to order: stories of ours, laid out as papers do, damaged as OCR does, and marked."""
