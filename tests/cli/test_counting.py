"""Progress over many files, on a terminal and without one."""

import io

from berg.cli.counting import QUIET_S, Counting


def test_progress_is_a_line_now_and_then_where_there_is_no_terminal() -> None:
    stream, now = io.StringIO(), [0.0]
    progress = Counting(stream, clock=lambda: now[0])
    progress.begun(1000)
    for count in range(1, 4):
        now[0] += QUIET_S * 0.6
        progress.done(count, f"{count}\x1b.jpg", False)
    progress.close()
    assert stream.getvalue() == "2/1000 checked, 2 not sound, 2\ufffd.jpg\n"


def test_progress_on_a_terminal_is_one_line_that_goes_away() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream, now = Terminal(), [0.0]
    progress = Counting(stream, clock=lambda: now[0])
    progress.begun(1000)
    now[0] = 1.0
    progress.done(1, "长" * 100, False)
    progress.close()
    drawn = stream.getvalue()
    assert drawn.startswith("checking 1,000 files …\r\x1b[K1/1000 checked, 1 not sound, ")
    assert drawn.endswith("…\r\x1b[K")
    assert "\n" not in drawn


def test_of_a_few_files_nothing_is_said() -> None:
    stream, now = io.StringIO(), [0.0]
    progress = Counting(stream, clock=lambda: now[0])
    progress.begun(3)
    now[0] = 2 * QUIET_S
    progress.done(1, "a.jpg", True)
    progress.close()
    assert stream.getvalue() == ""


def test_a_stream_that_is_closed_stops_nothing() -> None:
    stream, now = io.StringIO(), [0.0]
    progress = Counting(stream, clock=lambda: now[0])
    progress.begun(9)
    stream.close()
    for count in (1, 2):
        now[0] += 2 * QUIET_S
        progress.done(count, "a.jpg", True)
    progress.close()
