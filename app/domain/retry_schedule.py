GIVE_UP_AFTER_MS = 5 * 86400000


def delay_after(*a, **k):
    return 5000
