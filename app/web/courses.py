"""How runs went, without their weights: to lay a dozen of them over one another."""

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
    filters = FilterCourse(step=[], edges=[], score=[])
    answers = AnswerCourse(step=[], accuracy=[])
    for kind, body in services.store.each_of(run.id, {"snapshot", "evaluated"}):
        if kind == "snapshot" and body.get("oriented") is not None:
            filters.step.append(body["step"])
            filters.edges.append(body["oriented"])
            filters.score.append(body["layer_score"])
        elif kind == "evaluated" and body.get("validation_accuracy") is not None:
            answers.step.append(body["step"])
            answers.accuracy.append(body["validation_accuracy"])
    return CoursesAnswer(run=run.id, filters=filters, answers=answers)
