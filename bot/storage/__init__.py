"""What is kept: settings of servers, questions, feedback, drafts, retractions, counts."""
