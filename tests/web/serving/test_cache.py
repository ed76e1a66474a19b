from web.serving.cache import Cache
from web.serving.cached_response import CachedResponse


def sent(size: int) -> CachedResponse:
    return CachedResponse("200 OK", [], b"x" * size)


def test_what_was_used_last_stays() -> None:
    cache = Cache(30_000)
    for name in ("a", "b"):
        cache.put(name, sent(1000))
    for number in range(50):
        assert cache.get("a") == sent(1000)
        cache.put(number, sent(1000))
    assert cache.get("b") is None
    assert cache.get(49) == sent(1000)
    assert sum(cache.get(number) is not None for number in range(50)) <= 10


def test_one_large_answer_does_not_push_out_all_others() -> None:
    cache = Cache(100_000)
    cache.put("small", sent(10))
    cache.put("large", sent(20_000))
    assert cache.get("large") is None
    assert cache.get("small") is not None


def test_an_answer_put_twice_counts_once() -> None:
    cache = Cache(30_000)
    cache.put("other", sent(10))
    for _ in range(100):
        cache.put("same", sent(1000))
    assert cache.get("other") is not None


def test_no_room_keeps_nothing() -> None:
    cache = Cache(0)
    cache.put("a", sent(0))
    assert cache.get("a") is None


def test_a_key_counts_as_what_it_takes() -> None:
    cache = Cache(200_000)
    for number in range(100):
        cache.put(("1", f"{number}" * 5000), sent(10))
    keys = [("1", f"{number}" * 5000) for number in range(100)]
    assert sum(cache.get(key) is not None for key in keys) < 40
