"""Asking the live websites."""

import socket
import threading

from policy.publish.web import Question, ask_all


def test_a_website_that_does_not_answer_is_not_waited_for_a_thousand_times():
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                asked.append(connection.close())

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        answers = ask_all([Question(f"http://127.0.0.1:{port}/{number}") for number in range(1000)])
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()
    assert [answer.status for answer in answers] == [0] * 1000
    assert len(asked) < 100
