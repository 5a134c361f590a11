"""How runs went, without their weights: to lay a dozen of them over one another."""

from typing import Any

from ..store import Store
from .answers.courses import AnswerCourse, CoursesAnswer, FilterCourse
from .routes import Routes
from .services import FoundRun, Serving

router = Routes(prefix="/api/runs/{run_id}", tags=["history"])


@router.get("/courses")
def get_courses(run: FoundRun, services: Serving) -> CoursesAnswer:
    """Returns what its filters were at each snapshot, and how many new pictures it named rightly.

    ```sh
    curl http://127.0.0.1:8000/api/runs/latest/courses
    ```
    """
    looks = _those_that_tell(services.store, run.id, "snapshot", "oriented")
    tries = _those_that_tell(services.store, run.id, "evaluated", "validation_accuracy")
    return CoursesAnswer(
        run=run.id,
        filters=FilterCourse(
            step=[step for step, _ in looks],
            edges=[body["oriented"] for _, body in looks],
            score=[body["layer_score"] for _, body in looks],
        ),
        answers=AnswerCourse(
            step=[step for step, _ in tries],
            accuracy=[body["validation_accuracy"] for _, body in tries],
        ),
    )


def _those_that_tell(
    store: Store, run_id: str, kind: str, field: str
) -> list[tuple[int, dict[str, Any]]]:
    bodies = store.each_body(run_id, kind)
    return [(body["step"], body) for body in bodies if body.get(field) is not None]
