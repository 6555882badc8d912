"""What one article says happened, as frames; knows no RDF and no other article."""
