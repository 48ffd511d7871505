"""Quizzes: questions with explained answers, written by editors like any page, answered by anybody (FEATURES D19)."""
