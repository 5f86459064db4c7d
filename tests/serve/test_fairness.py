"""Who is next."""

from kgpub.serve.fairness import FairQueue


def test_clients_take_turns_and_each_is_served_in_its_order() -> None:
    queue: FairQueue[str] = FairQueue(100, 100)
    for item in ("a1", "a2", "a3", "b1", "c1", "b2"):
        assert queue.push(ord(item[0]), item)
    assert [queue.pop() for _ in range(6)] == ["a1", "b1", "c1", "a2", "b2", "a3"]
    assert len(queue) == 0


def test_there_is_a_limit_for_each_and_one_for_all() -> None:
    queue: FairQueue[int] = FairQueue(3, 2)
    assert [queue.push(1, number) for number in range(3)] == [True, True, False]
    assert queue.push(2, 3)
    assert not queue.push(3, 4)
    assert (len(queue), queue.pop()) == (3, 0)
    assert queue.push(3, 4)


def test_one_that_waits_no_more_is_taken_out_and_its_place_is_free() -> None:
    queue: FairQueue[str] = FairQueue(2, 2)
    queue.push(1, "a")
    queue.push(2, "b")
    assert queue.remove(1, "a")
    assert not queue.remove(1, "a")
    assert queue.push(1, "c")
    assert [queue.pop(), queue.pop()] == ["b", "c"]
