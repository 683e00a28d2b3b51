import os


def publish_job(draft, document):
    if not document["title"]:
        raise ValueError("a job has a title")
    return f"{os.environ['HOST']}/jobs/{draft}"
