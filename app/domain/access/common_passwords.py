"""Passwords of twelve characters or more that head every list of leaked ones, in lower case."""

_WORDS = (
    "password", "passw0rd", "qwerty", "qwertyuiop", "letmein", "welcome", "iloveyou", "sunshine",
    "princess", "football", "baseball", "dragon", "monkey", "master", "superman", "administrator",
    "changeme", "trustno1", "whatever", "starwars", "linkedin", "zenmode", "asdfghjkl", "abc123",
)  # fmt: skip
_TAILS = (
    "", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789",
    "1234567890", "!", "123!", "1234!", "2024", "2025", "2026",
)  # fmt: skip
_DIGITS = "01234567890123456789"
_ROWS = ("qwertyuiopasdfghjkl", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc", "1q2w3e4r5t6y")

COMMON_PASSWORDS = frozenset(
    [word + tail for word in _WORDS for tail in _TAILS]
    + [word + word for word in _WORDS]
    + [_DIGITS[start : start + size] for start in (0, 1) for size in range(12, 20)]
    + [char * size for char in "0123456789abcdefghijklmnopqrstuvwxyz" for size in range(12, 33)]
    + ["correcthorsebatterystaple", *_ROWS, *(row + "4rfv" for row in _ROWS)]
)
"""What `signUp` refuses."""
