"""What is attached to deliverables, and how anyone checks it: keys, manifests, log, labels."""
