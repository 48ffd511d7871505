import pytest

from applications.states import NOT_FINAL, TRANSITIONS, EventKind, State, after
from core.errors import Conflict


@pytest.mark.parametrize("event", TRANSITIONS)
@pytest.mark.parametrize("state", State)
def test_moves_only_where_the_rulebook_lets_it(event, state):
    sources, target = TRANSITIONS[event]

    if state in sources:
        assert after(state, event) is target
    else:
        with pytest.raises(Conflict):
            after(state, event)


def test_looking_moves_nothing():
    assert after(State.SUBMITTED, EventKind.OPENED) is State.SUBMITTED


def test_a_final_state_cannot_be_withdrawn():
    assert not NOT_FINAL & {State.REFUSED, State.WITHDRAWN, State.CLOSED, State.TERMINATED, State.UPHELD}
