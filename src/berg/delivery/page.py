"""index.html: a page to look at a delivery, media beside it, without any network request."""
