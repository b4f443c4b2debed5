/** Answers the server already gave inside the page (`<script type="application/json" id="boot">`), by name. */
let answers: Record<string, unknown> | undefined;

/** Takes a boot answer: it is good for the first view only, later views ask again. */
export function takeBoot<Result>(name: string): Result | undefined {
  if (answers === undefined) {
    const element = document.getElementById("boot");
    answers = element?.textContent ? (JSON.parse(element.textContent) as Record<string, unknown>) : {};
  }
  const answer = answers[name] as Result | undefined;
  delete answers[name];
  return answer;
}
