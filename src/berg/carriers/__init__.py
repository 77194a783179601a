"""What rides in media: AIGC labels in files, and watermarks in pictures, films and sound."""
